package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One full demo, twice around the loop: its verdicts, its page in a browser, what came of the model from its own log, and
 * every verdict made again from the folder that it leaves.
 */
@ExtendWith(WholeDemo.Shared.class)
@Isolated("It has both cores to do.")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final Duration ONE_COMMAND = Duration.ofMinutes(3);

    private WholeDemo whole;
    private RunningDemo demo;
    private JsonNode report;
    private Path folder;

    @BeforeAll
    void runTheDemo(WholeDemo whole, @TempDir Path temporary) {
        this.whole = whole;
        demo = whole.demo();
        report = demo.report();
        folder = temporary;
    }

    private List<JsonNode> regions(String experiment) {
        var found = new ArrayList<JsonNode>();
        report.get("regions").forEach(r -> {
            if (r.get("experiment").asText().equals(experiment)) {
                found.add(r);
            }
        });
        return found;
    }

    private static String verdict(JsonNode region) {
        return region.get("verdict").asText();
    }

    @Test
    @Order(1)
    void theBetterChallengerIsPromotedInAtLeastOneRegion() {
        assertEquals(4, regions("better").size());
        assertTrue(regions("better").stream().anyMatch(r -> verdict(r).equals("promote")), demo::printed);
    }

    @Test
    @Order(2)
    void theFaultyOneIsRolledBackWhereItHarmsBeforeJuneAndPromotedNowhereThatItHarms() {
        JsonNode saltLakeCity = regions("faulty").stream()
                .filter(r -> r.get("region").asText().equals("SLC"))
                .findFirst()
                .orElseThrow();
        assertEquals("roll_back", verdict(saltLakeCity), demo::printed);
        assertTrue(
                Instant.parse(saltLakeCity.get("decided_at").asText()).isBefore(Instant.parse("2001-06-01T00:00:00Z")));
        for (JsonNode region : regions("faulty")) {
            boolean harms = region.get("true_difference").asDouble() < 0;
            assertTrue(!(harms && verdict(region).equals("promote")), demo::printed);
        }
    }

    @Test
    @Order(3)
    void theIdenticalOneIsNeitherPromotedNorRolledBack() {
        for (JsonNode region : regions("aa")) {
            assertNotEquals("promote", verdict(region), demo::printed);
            assertNotEquals("roll_back", verdict(region), demo::printed);
        }
    }

    @Test
    @Order(4)
    void theTruthLiesOutsideAtMostOneInterval() {
        long misses = 0;
        for (JsonNode region : report.get("regions")) {
            if (region.hasNonNull("lower") && region.hasNonNull("true_difference")) {
                double truth = region.get("true_difference").asDouble();
                if (truth < region.get("lower").asDouble()
                        || truth > region.get("upper").asDouble()) {
                    misses++;
                }
            }
        }
        assertTrue(misses <= 1, demo::printed);
    }

    @Test
    @Order(5)
    void theBooksBalance() {
        JsonNode books = report.get("books");
        assertEquals(0, books.get("lost").asLong(), demo::printed);
        assertEquals(
                books.get("predictions_answered").asLong(),
                books.get("predictions_logged").asLong());
        long classes = 0;
        for (String name : List.of("counted", "outside", "late", "unmatched", "duplicates", "superseded")) {
            classes += books.get(name).asLong();
        }
        assertEquals(books.get("outcomes_accepted").asLong(), classes);
        assertTrue(books.get("predictions_answered").asLong() > 130_000);
        assertEquals(0, report.get("fallbacks").asLong());
        assertTrue(report.get("peak_rss_bytes").asLong() < 3L * 1000 * 1000 * 1000, demo::printed);
    }

    @Test
    @Order(6)
    void aChallengerFromThePlatformsOwnLogGetsItsExperimentAndAVerdict() throws IOException, InterruptedException {
        JsonNode retrained = report.get("retrained");
        JsonNode rows = retrained.get("rows");
        assertTrue(rows.get("rows").asLong() > 80_000, rows::toString);
        assertEquals(0, rows.get("left_out").get("without_inputs").asLong());
        assertTrue(retrained.get("regions").size() >= 1, demo::printed);
        for (JsonNode region : retrained.get("regions")) {
            assertTrue(Set.of("promote", "inconclusive", "roll_back").contains(verdict(region)), demo::printed);
        }
        JsonNode lineage = demo.get("/api/slots/flight-delay/versions/retrained/lineage");
        assertEquals(rows.get("sha256"), lineage.get("run").get("data_sha256"));
        assertEquals(rows.get("log"), lineage.get("run").get("log"));
        assertEquals(retrained.get("sha256"), lineage.get("sha256"));
        assertTrue(lineage.get("gates").toString().contains("champion_warning_value"), lineage::toString);
        assertEquals(retrained.get("regions").size(), lineage.get("comparisons").size(), lineage::toString);
        JsonNode comparison = lineage.get("comparisons").get(0);
        assertEquals("retrained", comparison.get("experiment").asText());
        assertEquals("network-2", comparison.get("against").asText());
    }

    @Test
    @Order(7)
    void everyNumberThatThePageShowsIsTheNumberOfTheApi() throws IOException, InterruptedException {
        try (var page = new DashboardPage(demo.base())) {
            for (String name : List.of("better", "faulty", "aa", "retrained")) {
                page.assertShows(name, demo.get("/api/experiments/" + name));
            }
            page.assertNoErrors();
        }
    }

    private Application command(String... arguments) throws IOException, InterruptedException {
        Application command = Application.run(Files.createTempFile(folder, "command-", ".out"), ONE_COMMAND, arguments);
        assertEquals(0, command.status(), command.output());
        return command;
    }

    /** The example from the log, by the command, beside the platform that the demo has left running. */
    @Test
    @Order(8)
    void aTrainingFromThePlatformsLogProposesAnExperimentThatTheControlPlaneTakes()
            throws IOException, InterruptedException {
        String data = demo.kept().toString();
        String example = Files.readString(Application.HOME.resolve("training/examples/from-the-log.yaml"));
        Path document = Files.writeString(
                folder.resolve("from-the-log.yaml"),
                example + "gates: {champion: " + whole.models().resolve("flight-delay/logistic-1") + "}\n");
        String draft = folder.resolve("experiment.yaml").toString();

        Application trained = command(
                "train",
                document.toString(),
                "--data-dir",
                data,
                "--out",
                folder.resolve("models").toString(),
                "--propose",
                draft);

        assertTrue(trained.output().contains("proposed in " + draft), trained.output());
        String lint = command("experiments", "lint", draft, "--data-dir", data).output();
        assertTrue(lint.contains("warning_value"), lint);
        command("experiments", "apply", draft, "--why", "it is better offline", "--data-dir", data);
        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("models/flight-delay/from-the-log/rows.json")
                        .toFile());
        String lineage = command("models", "lineage", "flight-delay", "from-the-log", "--data-dir", data)
                .output();
        assertOrdered(
                lineage,
                "flight-delay/from-the-log",
                "data        sha256 " + rows.get("sha256").asText().substring(0, 12),
                "rows of the log of flight-delay from 2001-04-01",
                "run         ringside ",
                "version     file sha256 ",
                "gate        champion_warning_value passed",
                "champion    never");
        JsonNode experiment = demo.get("/api/experiments/from-the-log");
        assertEquals("draft", experiment.get("state").asText());
        assertEquals("from-the-log", experiment.at("/arms/1/version").asText());
        assertOrdered(
                command("models", "lineage", "flight-delay", "retrained", "--data-dir", data)
                        .output(),
                "gate        champion_warning_value passed",
                "experiment  retrained in ",
                ", as challenger against network-2, from 2001-06-01",
                "verdict     ");
    }

    private static void assertOrdered(String text, String... parts) {
        int from = 0;
        for (String part : parts) {
            int at = text.indexOf(part, from);
            assertTrue(at >= 0, () -> "'" + part + "' is not where it should be in\n" + text);
            from = at + part.length();
        }
    }

    @Test
    @Order(9)
    void everyLookIsMadeAgainFromTheKeptFolderAndAChangedByteIsFound() throws IOException, InterruptedException {
        int looks = demo.looks().size();
        demo.end(ONE_COMMAND);
        Path kept = demo.kept();
        String[] replay = {"replay", "--all", "--data-dir", kept.toString(), "--port", Integer.toString(WholeDemo.PORT)
        };
        Application again = Application.run(folder.resolve("replay.out"), ONE_COMMAND, replay);
        assertEquals(0, again.status(), again.output());
        assertTrue(looks > 300, "only " + looks + " looks");
        assertTrue(
                again.output().contains(looks + " looks made again, " + looks + " the same bit for bit, 0 different"),
                again.output());

        Path file;
        try (Stream<Path> files = Files.walk(kept.resolve("archive"))) {
            file = files.filter(p -> p.toString().endsWith(".parquet"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Application spoiled = Application.run(folder.resolve("spoiled.out"), ONE_COMMAND, replay);
        assertEquals(1, spoiled.status(), spoiled.output());
        assertTrue(spoiled.output().contains(file.getFileName().toString()), spoiled.output());
    }
}
