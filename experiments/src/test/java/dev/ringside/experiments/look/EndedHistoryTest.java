package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.view.RegionView;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** B11: what has ended costs neither memory nor time. */
class EndedHistoryTest {
    private static final int ENDED = 100_000;
    private static final int STEPS = 20;

    private static Instant day(int number) {
        return World.START.plus(Duration.ofDays(number));
    }

    @Test
    void whatWasCountedOfAnEndedExperimentLeavesMemoryAndIsShownAsBefore() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            world.start("better", null);
            for (int d = 0; d < 6; d++) {
                world.day("better", 1, "PDX", day(d), 200, 120);
            }
            world.pass(day(4));
            assertEquals("rolled_back", world.region("better", "PDX").state());
            assertEquals(Set.of("better"), world.plane().ledger().experiments(), "cohorts are open");
            RegionView before = world.view("better", "PDX");
            assertEquals(6_000, before.arms().getFirst().exposed());
            world.pass(day(9));
            assertEquals(Set.of(), world.plane().ledger().experiments());
            assertEquals(before.arms(), world.view("better", "PDX").arms());
            assertEquals(before.overrun(), world.view("better", "PDX").overrun());
            world.restart();
            world.pass(day(9));
            assertEquals(Set.of(), world.plane().ledger().experiments());
            assertEquals(before.arms(), world.view("better", "PDX").arms());
            // Begun again it is counted again.
            world.start("better", "PDX");
            int epoch = world.running("better", "PDX").current().epoch();
            world.day("better", epoch, "PDX", day(9), 200, 190);
            world.pass(day(10));
            assertEquals(1_000, world.view("better", "PDX").arms().getFirst().exposed());
        }
    }

    /** The times are printed, not judged: the machine may be busy. What is judged is how much is read. */
    @Test
    void aHundredThousandEndedExperimentsAreNotReadByTheControlLoop() throws Exception {
        try (World world = World.wall()) {
            world.eta("PDX", "SAN");
            world.put("better", Documents.experimentYaml("[[PDX], [SAN]]"));
            world.start("better", null);
            Instant day = world.wall.instant().truncatedTo(ChronoUnit.DAYS);
            world.day("better", 1, "PDX", day, 200, 205);
            world.wall.advance(Duration.ofDays(3));
            world.aggregator.reach(world.wall.instant());
            Measured empty = measured(world);
            history(world);
            Measured full = measured(world);
            System.out.printf(
                    "control step: %.1f ms with one experiment, %.1f ms with %,d ended ones more (ratio %.2f);"
                            + " rows read by a step: %d, %d%n",
                    empty.millis(), full.millis(), ENDED, full.millis() / empty.millis(), empty.rows(), full.rows());
            assertTrue(
                    full.rows() <= empty.rows() + 20,
                    "a step read " + full.rows() + " rows, " + empty.rows() + " before");
        }
    }

    private record Measured(double millis, long rows) {}

    private static Measured measured(World world) throws InterruptedException {
        world.plane().step().run();
        long before = rowsRead(world);
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            world.plane().step().run();
        }
        double millis = (System.nanoTime() - start) / 1e6 / STEPS;
        return new Measured(millis, (rowsRead(world) - before) / STEPS);
    }

    /** PostgreSQL's own counters, which a session hands over at most once a second. */
    private static long rowsRead(World world) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            Thread.sleep(1_200);
            world.plane().store().read(tx -> tx.one("SELECT 1 AS one", c -> c.number("one")));
        }
        return world.plane()
                .store()
                .read(tx -> tx.one("""
                        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint AS rows FROM pg_stat_user_tables
                        WHERE relname IN ('experiments', 'regions', 'looks', 'epochs')""", c -> c.number("rows")))
                .orElseThrow();
    }

    private static void history(World world) throws Exception {
        try (var connection = world.database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO experiments (name, slot, document, last_epoch, created_wall, started_at, state, settled_epoch)
                    SELECT 'old-' || i, slot, replace(document, '"better"', '"old-' || i || '"'), 1, created_wall, started_at, 'ended', 1
                    FROM experiments, generate_series(1, %d) AS i WHERE name = 'better'""".formatted(ENDED));
            statement.execute("""
                    INSERT INTO regions (experiment, segment, slot, wave, state, holds_segment, body)
                    SELECT 'old-' || i, segment, slot, wave, CASE segment WHEN 'PDX' THEN 'rolled_back' ELSE 'waiting' END, false, body
                    FROM regions, generate_series(1, %d) AS i WHERE experiment = 'better'""".formatted(ENDED));
            statement.execute("""
                    INSERT INTO looks (experiment, segment, first_epoch, epochs, cohort, at, made_at, made_wall, verdict, record, question, started_at)
                    SELECT 'old-' || i, segment, first_epoch, epochs, cohort, at, made_at, made_wall, 'roll_back', '{}', question, started_at
                    FROM (SELECT * FROM looks ORDER BY id LIMIT 1) AS l, generate_series(1, %d) AS i""".formatted(ENDED));
            // What PostgreSQL does by itself within a minute of such a growth.
            statement.execute("ANALYZE");
        }
    }
}
