package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.configuration.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three weeks of the demo with each role in a process of its own, all of them killed three times, and features that come
 * from Redis, beside the same three weeks of the whole demo, in one process that nobody touched and that was sent all
 * features. Where both have the same evidence neither the processes nor their deaths nor Redis had any part in it.
 */
@Isolated("It has both cores to do.")
@ExtendWith(WholeDemo.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisturbedDemoIT {
    /** The day after the last whose flights are replayed; later looks of the whole demo know of later flights. */
    private static final String UNTIL = "2001-04-22";

    private WholeDemo whole;
    private Path folder;
    private RunningDemo disturbed;

    @BeforeAll
    void runDisturbed(WholeDemo whole, @TempDir Path folder) throws IOException, InterruptedException {
        this.whole = whole;
        this.folder = folder;
        this.disturbed = RunningDemo.start(
                folder,
                28170,
                Role.EXPERIMENTS,
                Application.BRIEF,
                "--split",
                "--chaos",
                "--redis",
                "--until",
                UNTIL,
                "--models",
                whole.models().toString());
    }

    @AfterAll
    void stop() {
        disturbed.close();
    }

    /** The digests of what was known and decided, by experiment, regions, question and time of the look. */
    private static Map<String, String> evidence(Iterable<JsonNode> looks) {
        var digests = new TreeMap<String, String>();
        for (JsonNode look : looks) {
            JsonNode evidence = look.at("/record/evidence");
            if (Instant.parse(evidence.get("at").asText()).isBefore(Instant.parse(UNTIL + "T00:00:00Z"))) {
                String which = String.join(
                        " ",
                        evidence.get("experiment").asText(),
                        evidence.get("scope").toString(),
                        look.get("question").asText(),
                        evidence.get("at").asText());
                assertNull(digests.put(which, look.at("/record/evidence_digest").asText()), which);
            }
        }
        return digests;
    }

    @Test
    void neitherProcessesNorTheirDeathsNorRedisChangeAnyEvidence() throws IOException, InterruptedException {
        Map<String, String> expected = evidence(whole.looks());
        assertTrue(expected.size() > 100, () -> "only " + expected.size() + " looks");
        Map<String, String> found = evidence(disturbed.looks().values());
        assertEquals(expected.keySet(), found.keySet());
        assertEquals(
                List.of(),
                expected.keySet().stream()
                        .filter(which -> !expected.get(which).equals(found.get(which)))
                        .toList());
    }

    @Test
    void killingEverythingThreeTimesLosesNothing() {
        assertEquals(3, disturbed.printed().split("kill -9 of everything", -1).length - 1, disturbed::printed);
        assertEquals(0, disturbed.report().at("/books/lost").asLong(), disturbed::printed);
        assertEquals(0, disturbed.report().get("fallbacks").asLong(), disturbed::printed);
        List<String> promoted = disturbed.report().get("regions").findValuesAsText("verdict").stream()
                .filter("promote"::equals)
                .toList();
        assertEquals(2, promoted.size(), "regions of the first wave, so that a second has begun");
    }

    @Test
    void everyFeatureCameFromRedis() {
        assertTrue(
                disturbed.printed().contains(" flights' features came from Redis, for 0 flights a default"),
                disturbed::printed);
    }

    /** Each process of the platform prints into a file of its own. */
    @Test
    void eachRoleIsAProcessOfItsOwn() throws IOException {
        try (Stream<Path> kept = Files.walk(folder.resolve("data"), 2)) {
            assertEquals(
                    Set.of("experiments.out", "ingest.out", "metrics.out", "none.out", "router.out", "serving.out"),
                    kept.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".out") && !file.equals("postgres.out"))
                            .collect(Collectors.toSet()));
        }
    }
}
