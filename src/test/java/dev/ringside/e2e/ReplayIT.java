package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code ringside replay} on data folders that this release never started: of an older one, a newer one, of none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {
    private static final int PORT = 28870;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LOOKS = 19;

    private Path temporary;
    private KeptPlatform kept;

    @BeforeAll
    void makeTheFolderOfAnOlderRelease(@TempDir Path folder) throws Exception {
        temporary = folder;
        kept = new KeptPlatform(folder.resolve("data"), PORT);
    }

    private Application replay(String... which) throws IOException, InterruptedException {
        String[] arguments = Stream.concat(
                        Stream.of(which),
                        Stream.of("--data-dir", kept.folder().toString(), "--port", Integer.toString(PORT)))
                .toArray(String[]::new);
        return run(arguments);
    }

    private Application run(String... arguments) throws IOException, InterruptedException {
        return Application.run(
                Files.createTempFile(temporary, "replay-", ".out"),
                LIMIT,
                Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    @Order(1)
    void everyLookOfPolicyRegion1IsMadeAgainBitForBitFromItsArchiveByTheReleaseThatFindsIt() throws Exception {
        Path json = temporary.resolve("looks.json");
        Application replay = replay("--all", "--json", json.toString());
        assertEquals(0, replay.status(), replay.output());
        assertTrue(
                replay.output().contains("bringing the database of an older release from step 4 to "), replay.output());
        assertTrue(
                replay.output().contains(LOOKS + " looks made again, " + LOOKS + " the same bit for bit, 0 different"),
                replay.output());
        List<String> verdicts = new ObjectMapper().readTree(json.toFile()).findValuesAsText("verdict");
        assertEquals(1, verdicts.stream().filter("promote"::equals).count(), verdicts::toString);
        assertEquals(1, verdicts.stream().filter("roll_back"::equals).count(), verdicts::toString);
    }

    @Test
    @Order(2)
    void aFolderThatWasBroughtUpToDateIsReadAsItIs() throws Exception {
        Application replay = replay("8");
        assertEquals(0, replay.status(), replay.output());
        assertTrue(!replay.output().contains("older release"), replay.output());
        assertTrue(replay.output().contains("1 looks made again, 1 the same bit for bit"), replay.output());
    }

    @Test
    @Order(3)
    @DisplayName("S20: what the archive does not hold yet is said, with a status of its own, and is no difference")
    void anArchiveThatIsBehindIsNoDifference() throws Exception {
        Path last;
        try (Stream<Path> files = Files.list(kept.archive())) {
            last = files.sorted().reduce((_, after) -> after).orElseThrow();
        }
        Path away = Files.move(last, temporary.resolve(last.getFileName()));
        try {
            Application replay = replay("--all");
            assertEquals(3, replay.status(), replay.output());
            assertTrue(
                    replay.output()
                            .contains("the archive has not reached offset 1675 of partition 1, which the looks cite; it"
                                    + " holds nothing of it"),
                    replay.output());
            assertTrue(!replay.output().contains("different"), replay.output());
        } finally {
            Files.move(away, last);
        }
    }

    @Test
    @Order(4)
    void aLookThatTheLogDoesNotGiveIsADifference() throws Exception {
        kept.inDatabase(database -> {
            try (var connection = database.connect(LIMIT);
                    var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE looks DISABLE TRIGGER looks_append_only");
                assertEquals(
                        1,
                        statement.executeUpdate("UPDATE looks SET record = replace(record, '\"offsets\":{\"0\":331',"
                                + " '\"offsets\":{\"0\":330') WHERE segment = 'PDX' AND record LIKE"
                                + " '%\"offsets\":{\"0\":331%'"));
            }
        });
        Application replay = replay("--all");
        assertEquals(1, replay.status(), replay.output());
        assertTrue(replay.output().contains("the look cites offset 330, its closing was first covered at offset 331"));
        assertTrue(replay.output().contains((LOOKS - 1) + " the same bit for bit, 1 different"), replay.output());
    }

    @Test
    @Order(5)
    void aFolderOfANewerReleaseIsRefusedInOneLine() throws Exception {
        kept.inDatabase(database -> {
            try (var connection = database.connect(LIMIT);
                    var statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                                + " checksum, installed_by, execution_time, success) VALUES (999, '900', 'later', 'SQL',"
                                + " 'V900__later.sql', 1, 'postgres', 1, true)");
            }
        });
        Application replay = replay("--all");
        assertEquals(2, replay.status(), replay.output());
        assertEquals(1, replay.output().lines().count(), replay.output());
        assertTrue(replay.output().contains("is a newer release's: it is at step 900"), replay.output());
    }

    @Test
    @Order(6)
    void aFolderWithoutADatabaseOfItsOwnIsNotGivenOne() throws Exception {
        Path other = temporary.resolve("other");
        Files.createDirectories(other.resolve("archive"));
        Application replay = run("--all", "--data-dir", other.toString());
        assertEquals(2, replay.status(), replay.output());
        assertTrue(replay.output().contains("has no database of its own"), replay.output());
        assertTrue(Files.notExists(other.resolve("postgres")));
    }
}
