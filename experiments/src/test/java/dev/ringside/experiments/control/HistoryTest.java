package dev.ringside.experiments.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B11: the control loop read all history four times a second. */
class HistoryTest {
    private static final int ENDED = 100_000;
    private static final int STEPS = 20;

    /** How long one step takes. */
    private static Duration step(World world) {
        world.plane().step().run();
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            world.plane().step().run();
        }
        return Duration.ofNanos((System.nanoTime() - start) / STEPS);
    }

    private static void execute(World world, String sql) {
        try (Connection connection = world.database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of history that all connections have read since the beginning, by the server's own count. */
    private static long rowsRead(World world) {
        // A connection tells what it has read at the end of a transaction, but not twice within a second unless it is
        // asked to.
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Connection connection = world.database().getConnection();
                all.add(connection);
                try (var statement = connection.createStatement()) {
                    statement.execute("SELECT pg_stat_force_next_flush()");
                }
            }
            try (var statement = all.getFirst().createStatement();
                    var result = statement.executeQuery("""
                            SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
                            WHERE relname IN ('experiments', 'regions', 'epochs', 'looks', 'attempts', 'champion_history')""")) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            close(all);
        }
    }

    private static void close(Iterable<Connection> connections) {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aHundredThousandEndedExperimentsAreNotReadByTheControlLoop() {
        try (World world = World.wall()) {
            world.eta("PDX", "SAN", "MCI");
            world.put("ended", Documents.experimentYaml("[[PDX], [SAN]]"));
            world.start("ended", null);
            Instant day = world.wall.instant().truncatedTo(ChronoUnit.DAYS);
            world.day("ended", 1, "PDX", day, 200, 205);
            world.wall.advance(Duration.ofDays(3));
            world.fleet.reports();
            world.aggregator.reach(world.wall.instant());
            world.plane().step().run();
            world.rollBack("ended", "PDX");
            world.put("promoted", Documents.experimentYaml("[[PDX]]"));
            world.start("promoted", null);
            world.promote("promoted", null);
            world.put("runs", Documents.experimentYaml("[[MCI], [SAN]]").replace("v2", "v3"));
            world.start("runs", null);
            Duration alone = step(world);
            for (String table : List.of("experiments", "regions", "epochs", "looks")) {
                copies(world, table);
            }
            execute(world, "ANALYZE");
            assertTrue(looks(world) > ENDED);
            assertEquals("ended", world.view("ended-77").state());
            world.fleet.reports();
            long before = rowsRead(world);
            Duration each = step(world);
            long rows = (rowsRead(world) - before) / (STEPS + 1);
            System.out.println("a step over " + ENDED + " ended experiments: " + rows + " rows, " + each
                    + ", without them " + alone);
            assertTrue(rows < 200, rows + " rows of history read in one step");

            before = rowsRead(world);
            world.champion("MCI", "v1");
            world.champion("SAN", "v3");
            world.stop("runs", "MCI");
            rows = rowsRead(world) - before;
            assertTrue(rows < 1_000, rows + " rows of history read by three changes");
            world.restart();
            world.publish();
            assertEquals(
                    List.of(),
                    world.topic.keys().stream()
                            .filter(key -> key.startsWith("definition/ended-"))
                            .toList(),
                    "what has ended is not published once more");
        }
    }

    private static long looks(World world) {
        return world.plane()
                .store()
                .read(tx -> tx.one(
                        "SELECT count(*) AS looks FROM looks WHERE experiment LIKE 'ended%'", c -> c.number("looks")))
                .orElseThrow();
    }

    /** As many copies of what the ended experiment left. */
    private static void copies(World world, String table) {
        String columns = switch (table) {
            case "experiments" -> "slot, document, last_epoch, created_wall, started_at, state";
            case "regions" -> "segment, slot, wave, state, holds_segment, body";
            case "epochs" -> "epoch, definition";
            default ->
                "segment, first_epoch, epochs, cohort, at, made_at, made_wall, verdict, record, question, started_at";
        };
        String key = table.equals("experiments") ? "name" : "experiment";
        String as = columns.replace("document", "replace(document, '\"ended\"', '\"ended-' || i || '\"')");
        execute(
                world,
                "INSERT INTO " + table + " (" + key + ", " + columns + ") SELECT 'ended-' || i, " + as + " FROM "
                        + table + ", generate_series(1, " + ENDED + ") AS i WHERE " + key + " = 'ended'"
                        + (table.equals("looks") ? " AND id = (SELECT min(id) FROM looks)" : ""));
    }
}
