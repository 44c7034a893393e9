package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.look.CohortCurve.Week;
import dev.ringside.experiments.view.CohortsView;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S17: an effect that wears off or turns is seen by the week of the first exposure, before and after a promotion. */
class CohortCurveTest {
    private static Instant day(int number) {
        return World.START.plus(Duration.ofDays(number));
    }

    private static World running(String minimumEffect, String more) {
        World world = World.replay();
        world.eta("PDX");
        world.put("better", Documents.experimentYaml("[[PDX]]").replace("0.02", minimumEffect) + more);
        world.start("better", null);
        return world;
    }

    private static CohortsView curves(World world) {
        return world.plane()
                .store()
                .read(tx -> CohortsView.of(tx, Experiments.get(tx, "better"), world.region("better", "PDX"), null));
    }

    /** What is promised of the widths was worked out by hand from the counts: 7,000 units an arm and week. */
    @Test
    void anEffectThatTurnsIsProvenByTheFirstWeekAgainstTheLast() {
        try (World world = running("0.004", "")) {
            for (int d = 0; d < 28; d++) {
                world.day("better", 1, "PDX", day(d), 200, d < 14 ? 212 : 176);
            }
            world.pass(day(16));
            CohortCurve before = curves(world).comparison();
            assertEquals(2, before.weeks().size());
            assertFalse(before.change().proven());
            world.pass(day(30));
            CohortCurve curve = curves(world).comparison();
            assertEquals(
                    List.of(0.012, 0.012, -0.024, -0.024),
                    curve.weeks().stream()
                            .map(week -> Math.round(week.difference() * 1e6) / 1e6)
                            .toList());
            Week first = curve.weeks().getFirst();
            assertEquals(7_000, first.challenger());
            assertEquals(day(0), first.from());
            // √(p (1 − p) (1/7000 + 1/7000)) with p = .206, times 1.959964.
            assertEquals(0.0133986, first.difference() - first.lower(), 1e-5);
            assertEquals(1, curve.change().from());
            assertEquals(4, curve.change().to());
            assertEquals(-0.036, curve.change().difference(), 1e-12);
            // .05 / (4 · 3), two-sided: z = 2.86520; √(.0068361² + .0066043²).
            assertEquals(
                    2.86520 * 0.0095053,
                    curve.change().difference() - curve.change().lower(),
                    1e-5);
            assertTrue(curve.change().proven());
            assertNull(curves(world).holdback());
        }
    }

    @Test
    void aChangedSplitIsAStratumOfItsOwnWithinItsWeekAndEachUnitIsInOneWeek() {
        try (World world = running("0.004", "")) {
            for (int d = 0; d < 10; d++) {
                world.day("better", 1, "PDX", day(d), 200, 200);
            }
            world.pass(day(10));
            world.put(
                    "better",
                    Documents.experimentYaml("[[PDX]]")
                            .replace("0.02", "0.004")
                            .replace("{variant: champion}", "{variant: champion, weight: 3}"));
            for (int d = 10; d < 21; d++) {
                world.plane().store().read(Experiments::definitions).forEach(world.aggregator::define);
                world.aggregator.count("better", 2, "PDX", "champion", day(d), 1_500, 600);
                world.aggregator.count("better", 2, "PDX", "challenger", day(d), 500, 200);
            }
            world.pass(day(23));
            CohortCurve curve = curves(world).comparison();
            assertEquals(3, curve.weeks().size());
            // Day 8 and 9 lost their treatment in mid-window, so week 2 has one day of the old split and four of the
            // new.
            assertEquals(1_000 + 4 * 500, curve.weeks().get(1).challenger());
            assertEquals(1_000 + 4 * 1_500, curve.weeks().get(1).champion());
            assertEquals(0, curve.weeks().get(1).difference(), 1e-12, "rates that differ between splits are no effect");
        }
    }

    @Test
    void aWeekOfTooFewUnitsHasCountsAndNoDifference() {
        try (World world = running("0.02", "")) {
            world.plane().store().read(Experiments::definitions).forEach(world.aggregator::define);
            for (int d = 0; d < 7; d++) {
                world.aggregator.count("better", 1, "PDX", "champion", day(d), 12, 6);
                world.aggregator.count("better", 1, "PDX", "challenger", day(d), 12, 6);
            }
            world.pass(day(9));
            Week week = curves(world).comparison().weeks().getFirst();
            assertEquals(84, week.champion());
            assertNull(week.difference());
            assertNull(week.lower());
            assertNull(curves(world).comparison().change());
        }
    }

    @Test
    void whatAPromotionIsWorthStandsBesideWhatPromoted() {
        try (World world = running("0.02", "holdback: {share: 20%, duration: 28d}\n")) {
            for (int d = 0; d < 14; d++) {
                world.day("better", 1, "PDX", day(d), 200, 260);
            }
            world.pass(day(16));
            var promoted = (EndedRegion.Promoted) world.region("better", "PDX");
            var view = world.view("better", "PDX").standing().holdback();
            assertEquals(0.06, view.promotedBy().difference(), 0.01);
            assertEquals("final", view.promotedBy().interval());
            assertNull(view.since());
            int epoch = promoted.holdback().epoch().epoch();
            for (int d = 16; d < 31; d++) {
                world.day("better.holdback", epoch, "PDX", day(d), 200, 203);
            }
            world.pass(day(33));
            view = world.view("better", "PDX").standing().holdback();
            assertEquals(0.06, view.promotedBy().difference(), 0.01);
            assertEquals(0.003, view.since().difference(), 1e-12);
            assertEquals("sequence", view.since().interval());
            assertEquals(day(33), view.since().asOf());
            CohortsView curves = curves(world);
            assertEquals(2, curves.comparison().weeks().size());
            assertEquals(2, curves.holdback().weeks().size());
            assertEquals(0.003, curves.holdback().weeks().getLast().difference(), 1e-12);
        }
    }
}
