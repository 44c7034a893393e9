package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three weeks of the demo, so that a second wave has begun, twice: all in one process that is killed three times, and each role in a
 * process of its own that nobody touches. Where both have the same evidence neither had any part in it.
 */
@Isolated("It has both cores to do.")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisturbedDemoIT {
    private static final Duration LIMIT = Duration.ofMinutes(12);

    private Path folder;
    private Run chaos;
    private Run split;

    private record Run(JsonNode report, String output) {}

    @BeforeAll
    void runTwice(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        chaos = demo("chaos", "28170", "--chaos");
        split = demo("split", "28270", "--split", "--keep");
    }

    private Run demo(String name, String port, String... more) throws IOException, InterruptedException {
        Path json = folder.resolve(name + ".json");
        var arguments = new ArrayList<>(List.of(
                "demo",
                "--exit",
                "--until",
                "2001-04-22",
                "--json",
                json.toString(),
                "--data-dir",
                folder.resolve(name).toString(),
                "--port",
                port));
        arguments.addAll(List.of(more));
        Application run = Application.run(folder.resolve(name + ".out"), LIMIT, arguments.toArray(String[]::new));
        assertEquals(0, run.status(), run.output());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, report.get("books").get("lost").asLong(), run.output());
        assertEquals(0, report.get("fallbacks").asLong(), run.output());
        return new Run(report, run.output());
    }

    /** What must not depend on how the processes fared. */
    private static List<String> evidence(Run run) {
        var lines = new ArrayList<String>();
        run.report()
                .get("regions")
                .forEach(r -> lines.add(String.join(
                        " ",
                        r.get("experiment").asText(),
                        r.get("region").asText(),
                        r.get("exposures").toString(),
                        r.get("verdict").asText(),
                        r.get("evidence_digest").toString())));
        return lines;
    }

    @Test
    void killingEverythingThreeTimesChangesNoEvidenceAndLosesNothing() {
        assertEquals(3, chaos.output().split("kill -9 of everything", -1).length - 1, chaos.output());
        assertEquals(evidence(split), evidence(chaos));
    }

    @Test
    void eachRoleInAProcessOfItsOwnGivesTheSameEvidence() throws IOException {
        assertEquals(
                Set.of("experiments.out", "ingest.out", "metrics.out", "none.out", "router.out", "serving.out"),
                outputs("split"));
        long compared = split.report().get("regions").findValues("evidence_digest").stream()
                .filter(JsonNode::isTextual)
                .count();
        assertEquals(8, compared, "regions of which there is evidence after three weeks");
        assertEquals(evidence(chaos), evidence(split));
    }

    /** Each process of the platform prints into a file of its own. */
    private Set<String> outputs(String name) throws IOException {
        try (Stream<Path> kept = Files.walk(folder.resolve(name), 2)) {
            return kept.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".out") && !file.equals("postgres.out"))
                    .collect(Collectors.toSet());
        }
    }
}
