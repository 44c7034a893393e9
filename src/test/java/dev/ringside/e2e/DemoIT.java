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

/** One full demo: its verdicts, its page in a browser, and every verdict made again from the folder that it leaves. */
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
        demo = Application.start(
                folder.resolve("demo.out"),
                List.of(),
                "demo",
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
    void everyNumberThatThePageShowsIsTheNumberOfTheApi() throws IOException, InterruptedException {
        try (var page = new DashboardPage(BASE)) {
            for (String name : List.of("better", "faulty", "aa")) {
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
        for (JsonNode region : report.get("regions")) {
            get("/api/experiments/" + region.get("experiment").asText() + "/regions/"
                            + region.get("region").asText() + "/looks")
                    .forEach(look -> looks.add(look.get("id").asText()));
        }
        return looks;
    }

    @Test
    @Order(7)
    void everyLookIsMadeAgainFromTheKeptFolderAndAChangedByteIsFound() throws IOException, InterruptedException {
        int looks = looks().size();
        demo.terminate();
        assertEquals(0, demo.awaitExit(ONE_COMMAND), this::printed);
        Path kept;
        try (Stream<Path> children = Files.list(folder.resolve("data"))) {
            kept = children.filter(p -> Files.exists(p.resolve("archive")))
                    .findFirst()
                    .orElseThrow();
        }
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
