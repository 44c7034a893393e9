package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.view.RegionView;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration DAY = Duration.ofDays(1);

    private static Instant day(int number) {
        return World.START.plus(DAY.multipliedBy(number));
    }

    /** A running experiment whose challenger books so many of a thousand each day, against 200 of the champion. */
    private static World running(int days, int challenger) {
        World world = World.replay();
        world.eta("PDX", "SAN");
        world.put("better", Documents.experimentYaml("[[PDX], [SAN]]"));
        world.start("better", null);
        for (int d = 0; d < days; d++) {
            world.day("better", 1, "PDX", day(d), 200, challenger);
        }
        return world;
    }

    @Test
    void aBetterChallengerIsPromotedWhenTheSecondWeekHasClosed() {
        try (World world = running(20, 260)) {
            for (int d = 1; d <= 16; d++) {
                world.pass(day(d));
            }
            assertInstanceOf(EndedRegion.Promoted.class, world.region("better", "PDX"));
            assertEquals("v2", world.championOf("PDX"));
            assertEquals("v1", world.championOf("SAN"));
            RegionView view = world.view("better", "PDX");
            assertEquals("promote", view.verdict());
            // The cohort of day 13 completes week 2 and closes with its window and grace.
            assertEquals(day(16), view.decidedAt());
            assertEquals(day(14), view.closedThrough());
            assertEquals(14_000, view.arms().getFirst().closedUnits());
            assertEquals("final", view.kpis().getFirst().interval());
            assertEquals(
                    List.of("alice region.start experiment/better/PDX", "policy region.promote experiment/better/PDX"),
                    world.audited("experiment/better/PDX"));
        }
    }

    @Test
    void theNextWaveBeginsAtTheBarrierThatDecidedTheOneBefore() {
        try (World world = running(14, 260)) {
            world.pass(day(16));
            Region.Running next = world.running("better", "SAN");
            assertEquals(day(16), next.startedAt());
            assertEquals(3, next.current().epoch(), "the second is that of who is held back");
            assertEquals("v1", next.current().controlVersion());
        }
    }

    @Test
    void aHarmfulChallengerIsRolledBackAsSoonAsHarmIsProven() {
        try (World world = running(20, 120)) {
            world.pass(day(10));
            assertInstanceOf(EndedRegion.RolledBack.class, world.region("better", "PDX"));
            assertEquals("v1", world.championOf("PDX"));
            RegionView view = world.view("better", "PDX");
            assertEquals("roll_back", view.verdict());
            assertEquals(day(3), view.decidedAt(), "the first cohort closes three days after its start");
            assertEquals(day(10), view.endedAt());
            assertTrue(world.topic.keys().contains("definition/better/1"));
            assertEquals(
                    List.of(), world.topic.table().slot("eta").orElseThrow().rows());
            assertEquals("not_started", world.view("better", "SAN").verdict());
            assertEquals("ended", world.view("better").state());
        }
    }

    @Test
    void whatIsDecidedDoesNotDependOnTheStepsOfTheClock() {
        String daily;
        try (World world = running(20, 260)) {
            for (int d = 1; d <= 16; d++) {
                world.pass(day(d));
            }
            daily = world.view("better", "PDX").evidenceDigest();
        }
        try (World world = running(20, 260)) {
            world.pass(day(18));
            RegionView view = world.view("better", "PDX");
            assertEquals(daily, view.evidenceDigest());
            assertEquals(day(16), view.decidedAt());
            // A look at each of sixteen midnights, and one at the second week.
            assertEquals(17, looks(world).size());
        }
    }

    @Test
    void aRestartRebuildsTheLedgerAndMakesNoLookTwice() {
        try (World world = running(20, 260)) {
            world.pass(day(9));
            List<Look> before = looks(world);
            world.restart();
            world.pass(day(9));
            assertEquals(before, looks(world));
            world.pass(day(16));
            assertEquals(17, looks(world).size());
            assertEquals("promote", world.view("better", "PDX").verdict());
        }
    }

    @Test
    void aRegionThatIsNotDecidedInTimeEndsInconclusive() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("flat", Documents.experimentYaml("[[PDX]]") + "max_duration: 8d\n");
            world.start("flat", null);
            for (int d = 0; d < 8; d++) {
                world.day("flat", 1, "PDX", day(d), 200, 201);
            }
            world.pass(day(7));
            assertEquals(1, world.topic.table().slot("eta").orElseThrow().rows().size());
            world.pass(day(8));
            assertEquals(
                    1,
                    world.topic.table().slot("eta").orElseThrow().rows().size(),
                    "units keep their arms until the last window is over");
            assertInstanceOf(Region.Running.class, world.region("flat", "PDX"));
            assertTrue(world.view("flat", "PDX").reasons().getFirst().contains("time was up at " + day(8)));
            world.pass(day(12));
            assertInstanceOf(EndedRegion.Inconclusive.class, world.region("flat", "PDX"));
            assertEquals("inconclusive", world.view("flat", "PDX").verdict());
            assertEquals(day(10), world.view("flat", "PDX").decidedAt());
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    @Test
    void unitsStillOpenAtTheDecisionAreOverrunAndNeverChangeTheVerdict() {
        try (World world = running(20, 260)) {
            world.pass(day(16));
            RegionView decided = world.view("better", "PDX");
            world.pass(day(30));
            RegionView later = world.view("better", "PDX");
            assertEquals(decided.evidenceDigest(), later.evidenceDigest());
            assertEquals(12_000, later.overrun(), "six days of two thousand units");
            assertEquals(20_000, later.arms().getFirst().exposed());
            assertEquals(14_000, later.arms().getFirst().closedUnits());
            assertNull(later.nextLookAt());
        }
    }

    @Test
    void aLookCitesEachPartitionsFirstSnapshotPastItsTime() {
        try (World world = running(5, 205)) {
            Instant due = day(1);
            world.aggregator.reach(0, due.plusSeconds(5), List.of());
            world.aggregator.reach(0, due.plusSeconds(50), List.of());
            world.aggregator.reach(1, due.minusSeconds(1), List.of());
            assertEquals(List.of(), looks(world));
            world.pass(due.plusSeconds(60));
            assertEquals(
                    List.of(
                            due.plusSeconds(5).getEpochSecond(),
                            due.plusSeconds(60).getEpochSecond()),
                    List.copyOf(looks(world).getFirst().record().offsets().values()));
        }
    }

    @Test
    void aRecordHoldsWhenItsDecisionIsMadeAgain() {
        try (World world = running(20, 260)) {
            world.pass(day(16));
            for (Look look : looks(world)) {
                assertEquals(List.of(), look.record().problems());
            }
            assertNotNull(looks(world).getLast().record().modelDigests().get("v2"));
        }
    }

    @Test
    void aPromotionWaitsUntilItsVersionIsReadyAndThenHappens() throws Exception {
        try (World world = running(20, 260)) {
            world.pass(day(15));
            world.aggregator.reach(day(16));
            world.tick(day(16));
            world.plane().accept(world.fleet.report("serving-1", "serving", Long.MAX_VALUE, List.of()));
            var refusal = assertThrows(
                    Refusal.class, () -> world.plane().barrier().orElseThrow().pass(day(16)));
            assertTrue(refusal.getMessage().contains("version 'v2' of slot 'eta' is not ready"), refusal.getMessage());
            RegionView waiting = world.view("better", "PDX");
            assertEquals("blocked", waiting.verdict());
            assertTrue(waiting.verdictText().contains("promotion waits: version 'v2'"), waiting.verdictText());
            assertEquals("v1", world.championOf("PDX"));
            world.pass(day(16));
            assertEquals("v2", world.championOf("PDX"));
        }
    }

    /** As a release left it that took arms of other names for the same comparison. */
    @Test
    void aRegionThatCannotBeDecidedHoldsUpNoOther() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.put("better", Documents.experimentYaml("[[PDX, SAN]]"));
            world.start("better", null);
            for (String segment : List.of("PDX", "SAN")) {
                world.day("better", 1, segment, day(0), 200, 205);
            }
            world.plane().store().write(tx -> tx.update("""
                UPDATE regions SET body = jsonb_set(body::jsonb, '{epochs,1}', replace(replace(
                    body::jsonb #>> '{epochs,0}', '"challenger"', '"network"'), '"fresh": true', '"fresh": false')::jsonb)::text
                WHERE segment = 'PDX'\
                """));
            world.aggregator.reach(day(3));
            world.tick(day(3));
            var refusal = assertThrows(
                    Refusal.class, () -> world.plane().barrier().orElseThrow().pass(day(3)));
            assertTrue(refusal.getMessage().contains("better/PDX: cannot be decided: 'strata'"), refusal.getMessage());
            assertTrue(world.view("better", "PDX").verdictText().contains("cannot be decided"));
            assertEquals(day(1), world.view("better", "SAN").closedThrough());
        }
    }

    private static List<Look> looks(World world) {
        return world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1));
    }
}
