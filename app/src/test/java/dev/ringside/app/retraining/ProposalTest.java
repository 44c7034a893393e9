package dev.ringside.app.retraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.retraining.Proposal.Draft;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalTest {
    @TempDir
    Path folder;

    private static final String TRAINING = """
            slot: delay
            version: v3
            data: {slot: delay, from: 2001-04-01, to: 2001-06-01, outcome: late, within: 36h, grace: 12h}
            metrics: {by: origin, value: {threshold: 0.2, right: 1, wrong: -0.25}}
            gates: {champion: models/delay/v2, margin: 0}
            """;

    @BeforeEach
    void champion() throws IOException {
        Files.createDirectories(folder.resolve("models/delay/v2"));
        Files.writeString(folder.resolve("models/delay/v2/manifest.json"), """
                {"slot": "delay", "version": "v2", "format": "onnx", "sha256": "%s",
                 "signature": {"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 1]}],
                               "outputs": [{"name": "y", "datatype": "FP32", "shape": [-1, 1]}]}}
                """.formatted("ab".repeat(32)));
    }

    private Proposal proposal(String training) throws IOException {
        return new Proposal(Files.writeString(folder.resolve("c.yaml"), training), 8);
    }

    /** 10,000 test rows whose value has a deviation of .4: a half interval of 1.96 · .4 / 100. */
    private static JsonNode result(double gain, double low, double high) {
        double half = 1.959963984540054 * 0.4 / 100;
        return Json.mapper()
                .valueToTree(Map.of(
                        "slot",
                        "delay",
                        "version",
                        "v3",
                        "gates",
                        List.of(Map.of(
                                "gate", "champion_value", "figures", Map.of("gain", gain, "low", low, "high", high))),
                        "reports",
                        List.of(
                                report(null, 10_000, 0.1, half),
                                report("SLC", 100, 0.1, 1),
                                report(null, 10_000, 0.08, half / 2))));
    }

    private static Map<String, Object> report(String segment, int rows, double value, double half) {
        Map<String, Object> metrics =
                Map.of("value", Map.of("value", value, "low", value - half, "high", value + half));
        return segment == null
                ? Map.of("part", "test", "rows", rows, "metrics", metrics)
                : Map.of("part", "test", "segment", segment, "rows", rows, "metrics", metrics);
    }

    private static ExperimentDocument read(Draft draft) {
        JsonNode document = Json.readYaml(draft.yaml(), JsonNode.class);
        return ExperimentDocument.read(document.path("name").asText(), document, () -> "salt");
    }

    @Test
    void theDraftIsADocumentThatIsAcceptedAsItIs() throws IOException {
        Draft draft = proposal(TRAINING)
                .draft(result(0.03, 0.0217, 0.0383), Map.of("SLC", 400.0, "PDX", 300.0, "SAN", 200.0), null);
        ExperimentDocument document = read(draft);
        assertEquals("v3", document.name());
        assertEquals("delay", document.slot());
        assertEquals("v3", document.challenger().version());
        KpiDefinition primary = document.primary();
        assertEquals("value", primary.name());
        assertEquals(0.021, primary.minimumEffect(), "the interval's lower end, rounded down");
        assertEquals(1, primary.winsorCap());
        assertEquals(Duration.ofHours(36), primary.window());
        assertEquals(Duration.ofHours(12), primary.grace());
        assertTrue(draft.yaml().contains("# SLC has 400.0 new units a day."), draft.yaml());
    }

    /**
     * By hand: the information is ((1.959964 + .841621) / .02)² = 19,622; a region with 2 × 200 units a day gives 1,400 /
     * (2 · .16) = 4,375 a week. One region alone takes 4.49 weeks, with a second of as much traffic 2.24.
     */
    @Test
    void asManyRegionsBeginAsHaveTheInformationInFourWeeks() throws IOException {
        Map<String, Double> traffic = Map.of("AUS", 400.0, "BNA", 400.0, "CLE", 100.0, "MCI", 0.0);
        Draft draft = proposal(TRAINING).draft(result(0.03, 0.02, 0.04), traffic, null);
        ExperimentDocument document = read(draft);
        assertEquals(List.of(List.of("AUS", "BNA"), List.of("CLE")), document.waves());
        Lint.Outlook first = draft.lint().outlooks().getFirst();
        assertEquals("wave 1", first.where());
        assertEquals(2.2426, first.forecast().weeksNeeded(), 1e-3);
        assertEquals(Duration.ofDays(21), document.maxDuration());
        assertTrue(first.forecast().power() > 0.75);

        Draft one = proposal(TRAINING).draft(result(0.03, 0.02, 0.04), Map.of("AUS", 600.0), null);
        assertEquals(List.of(List.of("AUS")), read(one).waves());
    }

    @Test
    void whereTheIntervalSaysLittleHalfOfTheEstimateIsLookedFor() throws IOException {
        ExperimentDocument document =
                read(proposal(TRAINING).draft(result(0.03, 0.001, 0.059), Map.of("AUS", 4000.0), null));
        assertEquals(0.015, document.primary().minimumEffect());
    }

    @Test
    void itChallengesWhereTheChampionServesThatTheGateComparedWith() throws IOException {
        var regions = new Regions(Map.of("AUS", "v1", "BNA", "v2"));
        Map<String, Double> traffic = Map.of("AUS", 900.0, "BNA", 800.0, "CLE", 900.0);
        assertEquals(
                List.of(List.of("BNA")),
                read(proposal(TRAINING).draft(result(0.03, 0.02, 0.04), traffic, regions))
                        .waves());
        IOException none = assertThrows(
                IOException.class,
                () -> proposal(TRAINING).draft(result(0.03, 0.02, 0.04), Map.of("AUS", 9.0), regions));
        assertTrue(none.getMessage().contains("the gate compared with 'v2'"), none.getMessage());
    }

    @Test
    void withoutAGainThereIsNothingToPropose() throws IOException {
        IOException nothing = assertThrows(
                IOException.class,
                () -> proposal(TRAINING).draft(result(-0.001, -0.01, 0.008), Map.of("AUS", 9.0), null));
        assertTrue(nothing.getMessage().contains("-0.0010 [-0.0100, +0.0080]"), nothing.getMessage());
    }

    @Test
    void whatAProposalIsMadeOfIsAskedForBeforeTheTraining() throws IOException {
        proposal(TRAINING).check();
        assertEquals(
                "gates.champion",
                assertThrows(InvalidInput.class, proposal(TRAINING.replace("champion: models/delay/v2, ", ""))::check)
                        .field());
        assertEquals(
                "metrics",
                assertThrows(
                                InvalidInput.class,
                                proposal(TRAINING.replaceAll("metrics: .*", "metrics: {by: origin}"))::check)
                        .field());
    }
}
