package dev.ringside.router.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.FleetReport.BreakGlassChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakGlassTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("break-glass.yaml");
    }

    private BreakGlass open() {
        return open(file);
    }

    private BreakGlass open(Path from) {
        return new BreakGlass(
                from, new BreakGlassJournal(folder.resolve("changes.json"), Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    @Test
    void withoutAFileNothingIsForced() {
        try (var glass = open()) {
            assertFalse(glass.forces("eta", "north"));
            assertNull(glass.problem());
        }
    }

    @Test
    void theFileForcesWhatItNames() throws IOException {
        try (var glass = open()) {
            Files.writeString(file, """
                    forced:
                      - slot: eta
                        segment: north   # the others are fine
                        why: wrong times since 14:00
                      - {slot: price, segment: "*"}
                    """);
            glass.poll();
            assertTrue(glass.forces("eta", "north"));
            assertFalse(glass.forces("eta", "south"));
            assertTrue(glass.forces("price", "anything"));
            assertEquals(
                    List.of(
                            new Forced("eta", "north", null, "wrong times since 14:00"),
                            new Forced("price", "*", null, null)),
                    glass.forced());
        }
    }

    @Test
    void aStarForEachForcesEverything() throws IOException {
        Files.writeString(file, "forced: [{slot: '*', segment: '*'}]");
        try (var glass = open()) {
            assertTrue(glass.forces("any", "where"));
        }
    }

    @Test
    void aFileThatCannotBeUnderstoodChangesNothingAndIsReported() throws IOException {
        Files.writeString(file, "forced: [{slot: eta, segment: north}]");
        try (var glass = open()) {
            for (String broken :
                    List.of("", "forced", "forced: [{slot: eta}]", "forced: [{slot: a, segmnet: b}]", "{")) {
                Files.writeString(file, broken);
                glass.poll();
                assertTrue(glass.forces("eta", "north"), broken);
                String problem = glass.problem();
                assertNotNull(problem, broken);
                assertTrue(problem.contains(file.toString()), problem);
            }
            Files.writeString(file, "forced: []");
            glass.poll();
            assertFalse(glass.forces("eta", "north"));
            assertNull(glass.problem());
        }
    }

    @Test
    void deletingTheFileLetsGo() throws IOException {
        Files.writeString(file, "forced: [{slot: eta, segment: north}]");
        try (var glass = open()) {
            Files.delete(file);
            glass.poll();
            assertFalse(glass.forces("eta", "north"));
        }
    }

    @Test
    void whatIsForcedByCallActsAtOnceAndOutlivesARestart() {
        try (var glass = open()) {
            glass.force(new Forced("eta", "north", null, "first"));
            glass.force(new Forced("eta", "north", null, "second"));
            glass.force(new Forced("eta", "south", null, null));
            assertTrue(glass.forces("eta", "north"));
        }
        try (var glass = open()) {
            assertEquals(
                    List.of(new Forced("eta", "north", null, "second"), new Forced("eta", "south", null, null)),
                    glass.forced());
            glass.release(new Forced("eta", "north", null, null));
            glass.release(new Forced("eta", "south-west", null, null));
            assertFalse(glass.forces("eta", "north"));
        }
        try (var glass = open()) {
            assertEquals(List.of(new Forced("eta", "south", null, null)), glass.forced());
        }
    }

    @Test
    void aCallKeepsWhatAPersonWroteAMomentBefore() throws IOException {
        try (var glass = open()) {
            Files.writeString(file, "forced: [{slot: eta, segment: north}]");
            glass.force(new Forced("eta", "south", null, null));
            assertTrue(glass.forces("eta", "north"));
        }
    }

    @Test
    void aCallReplacesABrokenFileAndKeepsItBeside() throws IOException {
        Files.writeString(file, "forced: oops");
        try (var glass = open()) {
            glass.force(new Forced("eta", "north", null, null));
            assertNull(glass.problem());
        }
        assertEquals("forced: oops", Files.readString(folder.resolve("break-glass.yaml.rejected")));
        try (var glass = open()) {
            assertTrue(glass.forces("eta", "north"));
        }
    }

    @Test
    void aCallActsAlsoWhereTheFileCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("in-the-way"), "");
        try (var glass = open(folder.resolve("in-the-way").resolve("break-glass.yaml"))) {
            glass.force(new Forced("eta", "north", null, null));
            glass.poll();
            assertTrue(glass.forces("eta", "north"));
            assertNotNull(glass.problem());
        }
    }

    @Test
    void eachChangeIsKeptWithWhoAndWhyAlsoOverARestart() throws IOException {
        try (var glass = open()) {
            glass.force(new Forced("eta", "north", "alice", "wrong times"));
            glass.force(new Forced("eta", "north", "alice", "wrong times"));
            glass.force(new Forced("eta", "north", "bob", "still wrong"));
            glass.release(new Forced("eta", "north", "carol", "drill over"));
            glass.release(new Forced("eta", "north", "carol", "drill over"));
            Files.writeString(file, "forced: [{slot: eta, segment: south, by: dave, why: by hand}]");
            glass.poll();
        }
        Files.delete(file);
        try (var glass = open()) {
            assertFalse(glass.forces("eta", "south"));
            assertEquals(
                    List.of(
                            change(0, "eta/north", true, "alice", "wrong times"),
                            change(1, "eta/north", true, "bob", "still wrong"),
                            change(2, "eta/north", false, "carol", "drill over"),
                            change(3, "eta/south", true, "dave", "by hand"),
                            change(4, "eta/south", false, null, null)),
                    glass.changes());
        }
    }

    /** The clock stands still, and yet no two changes have one time. */
    private static BreakGlassChange change(int later, String place, boolean forced, String by, String why) {
        return new BreakGlassChange(NOW.truncatedTo(ChronoUnit.MILLIS).plusMillis(later), place, forced, by, why);
    }

    @Test
    void onlyTheLastChangesAreKept() {
        try (var glass = open()) {
            for (int i = 0; i < 30; i++) {
                glass.force(new Forced("eta", "north", "alice", "reason " + i));
            }
            assertEquals(20, glass.changes().size());
            assertEquals("reason 29", glass.changes().getLast().why());
        }
    }

    @Test
    void aFileThatIsBrokenAtTheStartLeavesInEffectWhatWas() throws IOException {
        try (var glass = open()) {
            glass.force(new Forced("eta", "north", "alice", "wrong times"));
        }
        Files.writeString(file, "forced: oops");
        try (var glass = open()) {
            assertTrue(glass.forces("eta", "north"));
            assertNotNull(glass.problem());
        }
    }

    @Test
    void aJournalThatIsDamagedDoesNotStandInTheWay() throws IOException {
        Files.writeString(folder.resolve("changes.json"), "{");
        Files.writeString(file, "forced: [{slot: eta, segment: north}]");
        try (var glass = open()) {
            assertTrue(glass.forces("eta", "north"));
            assertEquals(1, glass.changes().size());
        }
    }

    @Test
    void aChangedFileActsWithinFiveSeconds() throws Exception {
        try (var glass = open()) {
            glass.start();
            Files.writeString(file, "forced: [{slot: eta, segment: north}]");
            Instant end = Instant.now().plus(Duration.ofSeconds(5));
            while (!glass.forces("eta", "north") && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertTrue(glass.forces("eta", "north"));
        }
    }
}
