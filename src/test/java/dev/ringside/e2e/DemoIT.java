package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * One full demo, twice around the loop: its verdicts, its page in a browser, what came of the model from its own log, and
 * every verdict made again from the folder that it leaves.
 */
@Isolated("It has both cores to do.")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final Duration LIMIT = Duration.ofMinutes(12);
    private static final Duration ONE_COMMAND = Duration.ofMinutes(3);
    private static final String PORT = "27070";
    private static final String BASE = "http://127.0.0.1:" + PORT;

    private Path folder;
    private Application demo;
    private JsonNode report;

    @BeforeAll
    void runTheDemo(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        Path json = folder.resolve("out.json");
        demo = Application.startForLong(
                folder.resolve("demo.out"),
                "demo",
                "--retrain",
                "--keep",
                "--json",
                json.toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                PORT);
        Instant giveUp = Instant.now().plus(LIMIT);
        while (!Files.exists(json)) {
            assertTrue(demo.isAlive() && Instant.now().isBefore(giveUp), () -> "no result:\n" + printed());
            Thread.sleep(500);
        }
        report = new ObjectMapper().readTree(json.toFile());
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private String printed() {
        try {
            return demo.output();
        } catch (IOException e) {
            return e.toString();
        }
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
        assertTrue(regions("better").stream().anyMatch(r -> verdict(r).equals("promote")), this::printed);
    }

    @Test
    @Order(2)
    void theFaultyOneIsRolledBackWhereItHarmsBeforeJuneAndPromotedNowhereThatItHarms() {
        JsonNode saltLakeCity = regions("faulty").stream()
                .filter(r -> r.get("region").asText().equals("SLC"))
                .findFirst()
                .orElseThrow();
        assertEquals("roll_back", verdict(saltLakeCity), this::printed);
        assertTrue(
                Instant.parse(saltLakeCity.get("decided_at").asText()).isBefore(Instant.parse("2001-06-01T00:00:00Z")));
        for (JsonNode region : regions("faulty")) {
            boolean harms = region.get("true_difference").asDouble() < 0;
            assertTrue(!(harms && verdict(region).equals("promote")), this::printed);
        }
    }

    @Test
    @Order(3)
    void theIdenticalOneIsNeitherPromotedNorRolledBack() {
        for (JsonNode region : regions("aa")) {
            assertNotEquals("promote", verdict(region), this::printed);
            assertNotEquals("roll_back", verdict(region), this::printed);
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
        assertTrue(misses <= 1, this::printed);
    }

    @Test
    @Order(5)
    void theBooksBalance() {
        JsonNode books = report.get("books");
        assertEquals(0, books.get("lost").asLong(), this::printed);
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
        assertTrue(report.get("peak_rss_bytes").asLong() < 3L * 1000 * 1000 * 1000, this::printed);
    }

    @Test
    @Order(6)
    void aChallengerFromThePlatformsOwnLogGetsItsExperimentAndAVerdict() throws IOException, InterruptedException {
        JsonNode retrained = report.get("retrained");
        JsonNode rows = retrained.get("rows");
        assertTrue(rows.get("rows").asLong() > 80_000, rows::toString);
        assertEquals(0, rows.get("left_out").get("without_inputs").asLong());
        assertTrue(retrained.get("regions").size() >= 1, this::printed);
        for (JsonNode region : retrained.get("regions")) {
            assertTrue(Set.of("promote", "inconclusive", "roll_back").contains(verdict(region)), this::printed);
        }
        JsonNode lineage = get("/api/slots/flight-delay/versions/retrained/lineage");
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
        try (var page = new DashboardPage(BASE)) {
            for (String name : List.of("better", "faulty", "aa", "retrained")) {
                page.assertShows(name, get("/api/experiments/" + name));
            }
            page.assertNoErrors();
        }
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(BASE + path)).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return new ObjectMapper().readTree(answer.body());
        }
    }

    /** The looks that the regions' pages list; a wave's stands on the page of each of its regions. */
    private Set<String> looks() throws IOException, InterruptedException {
        var looks = new HashSet<String>();
        var all = new ArrayList<JsonNode>();
        report.get("regions").forEach(all::add);
        report.get("retrained").get("regions").forEach(all::add);
        for (JsonNode region : all) {
            get("/api/experiments/" + region.get("experiment").asText() + "/regions/"
                            + region.get("region").asText() + "/looks")
                    .forEach(look -> looks.add(look.get("id").asText()));
        }
        return looks;
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
        String data = kept().toString();
        String example = Files.readString(Application.HOME.resolve("training/examples/from-the-log.yaml"));
        Path document = Files.writeString(
                folder.resolve("from-the-log.yaml"),
                example + "gates: {champion: " + kept().resolve("trained/flight-delay/logistic-1") + "}\n");
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
        JsonNode experiment = get("/api/experiments/from-the-log");
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

    /** The data folder that the demo has kept. */
    private Path kept() throws IOException {
        try (Stream<Path> children = Files.list(folder.resolve("data"))) {
            return children.filter(p -> Files.exists(p.resolve("archive")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Order(9)
    void everyLookIsMadeAgainFromTheKeptFolderAndAChangedByteIsFound() throws IOException, InterruptedException {
        int looks = looks().size();
        demo.terminate();
        assertEquals(0, demo.awaitExit(ONE_COMMAND), this::printed);
        Path kept = kept();
        String[] replay = {"replay", "--all", "--data-dir", kept.toString(), "--port", PORT};
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
