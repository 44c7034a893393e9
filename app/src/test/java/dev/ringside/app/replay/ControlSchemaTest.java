package dev.ringside.app.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.embedded.Database;
import dev.ringside.app.replay.ControlSchema.Unfit;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of a database before it is read: by every release's real steps, on a real PostgreSQL. */
@Tag("slow")
class ControlSchemaTest {
    private static EmbeddedPostgres server;
    private static int databases;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Database database(String toStep) throws SQLException {
        String name = "control_" + ++databases;
        execute("postgres", "CREATE DATABASE " + name);
        var database = new Database(server.getJdbcUrl("postgres", name), "postgres", "");
        if (!toStep.isEmpty()) {
            Flyway.configure()
                    .dataSource(database.url(), database.user(), database.password())
                    .target(toStep)
                    .load()
                    .migrate();
        }
        return database;
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String refusal(Database database) {
        String refusal = assertThrows(Unfit.class, () -> new ControlSchema(database).require())
                .getMessage();
        assertEquals(1, refusal.lines().count(), refusal);
        return refusal;
    }

    @Test
    void aDatabaseOfThisReleaseIsReadAsItIs() throws Exception {
        var database = database("latest");
        var said = new ArrayList<String>();
        new ControlSchema(database).require();
        new ControlSchema(database).bringUpToDate(said::add);
        assertEquals(List.of(), said);
    }

    @Test
    void anOlderReleasesIsRefusedWithBothStepsAndIsLeftAsItIs() throws Exception {
        var database = database("4");
        String refusal = refusal(database);
        assertTrue(refusal.contains("is an older release's: it is at step 4, this release reads step "), refusal);
        assertTrue(refusal.contains("ringside up"), refusal);
        assertEquals(refusal, refusal(database));
    }

    @Test
    void anOlderReleasesThatNobodyElseUsesIsBroughtUpToDateAndThatIsSaid() throws Exception {
        for (String step : List.of("1", "4", "22", "41")) {
            var database = database(step);
            var said = new ArrayList<String>();
            new ControlSchema(database).bringUpToDate(said::add);
            assertEquals(1, said.size(), said::toString);
            assertTrue(said.getFirst().contains("of an older release from step " + step + " to "), said::toString);
            new ControlSchema(database).require();
        }
    }

    @Test
    void aNewerReleasesIsRefusedEvenWhereNobodyElseUsesIt() throws Exception {
        var database = database("latest");
        execute(
                "control_" + databases,
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) VALUES (999, '900', 'later', 'SQL',"
                        + " 'V900__later.sql', 1, 'postgres', 1, true)");
        String refusal = refusal(database);
        assertTrue(refusal.contains("is a newer release's: it is at step 900, this release reads step "), refusal);
        assertEquals(
                refusal,
                assertThrows(Unfit.class, () -> new ControlSchema(database).bringUpToDate(_ -> {}))
                        .getMessage());
    }

    @Test
    void aDatabaseThatNothingEverRanOnIsNotMadeOne() throws Exception {
        var database = database("");
        assertTrue(refusal(database).contains("nothing ever ran on it"));
        assertThrows(Unfit.class, () -> new ControlSchema(database).bringUpToDate(_ -> {}));
        assertTrue(refusal(database).contains("nothing ever ran on it"));
    }

    @Test
    void oneThatDoesNotAnswerIsNamed() {
        String refusal = refusal(new Database("jdbc:postgresql://127.0.0.1:1/postgres", "postgres", ""));
        assertTrue(refusal.contains("jdbc:postgresql://127.0.0.1:1/postgres cannot be used"), refusal);
    }
}
