package dev.ringside.router.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakGlassTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("break-glass.yaml");
    }

    @Test
    void withoutAFileNothingIsForced() {
        try (var glass = new BreakGlass(file)) {
            assertFalse(glass.forces("eta", "north"));
            assertNull(glass.problem());
        }
    }

    @Test
    void theFileForcesWhatItNames() throws IOException {
        try (var glass = new BreakGlass(file)) {
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
                    List.of(new Forced("eta", "north", "wrong times since 14:00"), new Forced("price", "*", null)),
                    glass.forced());
        }
    }

    @Test
    void aStarForEachForcesEverything() throws IOException {
        Files.writeString(file, "forced: [{slot: '*', segment: '*'}]");
        try (var glass = new BreakGlass(file)) {
            assertTrue(glass.forces("any", "where"));
        }
    }

    @Test
    void aFileThatCannotBeUnderstoodChangesNothingAndIsReported() throws IOException {
        Files.writeString(file, "forced: [{slot: eta, segment: north}]");
        try (var glass = new BreakGlass(file)) {
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
        try (var glass = new BreakGlass(file)) {
            Files.delete(file);
            glass.poll();
            assertFalse(glass.forces("eta", "north"));
        }
    }

    @Test
    void whatIsForcedByCallActsAtOnceAndOutlivesARestart() {
        try (var glass = new BreakGlass(file)) {
            glass.force(new Forced("eta", "north", "first"));
            glass.force(new Forced("eta", "north", "second"));
            glass.force(new Forced("eta", "south", null));
            assertTrue(glass.forces("eta", "north"));
        }
        try (var glass = new BreakGlass(file)) {
            assertEquals(
                    List.of(new Forced("eta", "north", "second"), new Forced("eta", "south", null)), glass.forced());
            glass.release("eta", "north");
            glass.release("eta", "never forced");
            assertFalse(glass.forces("eta", "north"));
        }
        try (var glass = new BreakGlass(file)) {
            assertEquals(List.of(new Forced("eta", "south", null)), glass.forced());
        }
    }

    @Test
    void aCallKeepsWhatAPersonWroteAMomentBefore() throws IOException {
        try (var glass = new BreakGlass(file)) {
            Files.writeString(file, "forced: [{slot: eta, segment: north}]");
            glass.force(new Forced("eta", "south", null));
            assertTrue(glass.forces("eta", "north"));
        }
    }

    @Test
    void aCallReplacesABrokenFileAndKeepsItBeside() throws IOException {
        Files.writeString(file, "forced: oops");
        try (var glass = new BreakGlass(file)) {
            glass.force(new Forced("eta", "north", null));
            assertNull(glass.problem());
        }
        assertEquals("forced: oops", Files.readString(folder.resolve("break-glass.yaml.rejected")));
        try (var glass = new BreakGlass(file)) {
            assertTrue(glass.forces("eta", "north"));
        }
    }

    @Test
    void aCallActsAlsoWhereTheFileCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("in-the-way"), "");
        try (var glass = new BreakGlass(folder.resolve("in-the-way").resolve("break-glass.yaml"))) {
            glass.force(new Forced("eta", "north", null));
            glass.poll();
            assertTrue(glass.forces("eta", "north"));
            assertNotNull(glass.problem());
        }
    }

    @Test
    void aChangedFileActsWithinFiveSeconds() throws Exception {
        try (var glass = new BreakGlass(file)) {
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
