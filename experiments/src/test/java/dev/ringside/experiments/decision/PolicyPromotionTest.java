package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.RegionLog.CHALLENGER;
import static dev.ringside.experiments.decision.RegionLog.CHAMPION;
import static dev.ringside.experiments.decision.RegionLog.guardrail;
import static dev.ringside.experiments.decision.RegionLog.kpi;
import static dev.ringside.experiments.decision.RegionLog.primary;
import static dev.ringside.experiments.decision.RegionLog.proportion;
import static dev.ringside.experiments.decision.RegionLog.revenue;
import static dev.ringside.experiments.decision.RegionLog.sums;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.experiments.analysis.GroupSequential;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import dev.ringside.experiments.decision.KpiResult.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a region is promoted or ends inconclusive, and what is shown then (S4, S5, S16). */
class PolicyPromotionTest {
    private static final Design DESIGN = RegionLog.design(1, primary(0.05));

    private static RegionLog region() {
        return new RegionLog(DESIGN);
    }

    private static List<Stage> stages(List<PromotionLook> looks) {
        return looks.stream()
                .map(look ->
                        new Stage(look.time(), StrictMath.sqrt(look.time() * look.information()), look.criticalZ()))
                .toList();
    }

    @Test
    void betterChallengerIsPromotedWhenTheSecondWeekHasClosedAndNotBefore() {
        RegionLog region = region().both(5_000, 1_000, 1_400);
        for (int day = 1; day < 14; day++) {
            Decision decision = region.close();
            assertInstanceOf(Verdict.Continue.class, decision.verdict(), "day " + day);
            assertNull(decision.kpis().getFirst().promotion());
        }
        Decision decision = region.close();
        assertInstanceOf(Verdict.Promote.class, decision.verdict());
        KpiResult result = decision.kpis().getFirst();
        assertEquals(0.08, result.estimate().difference(), 1e-12);
        assertEquals(0.2, result.arms().getFirst().mean(), 1e-12);
        assertEquals(Interval.Kind.FINAL, result.interval().kind());
        assertTrue(result.interval().lower() > 0);
        assertTrue(decision.verdict().sentence().startsWith("Promote the challenger: booked is proven better: the "));
    }

    /** S16: what is shown after a stop is the stored median-unbiased estimate in its interval, never the naive one. */
    @Test
    void estimateShownAtAStopIsMedianUnbiasedAndLiesInItsInterval() {
        RegionLog region = region();
        Decision decision = null;
        for (int week = 1; week <= 4 && (decision == null || !decision.verdict().ends()); week++) {
            decision = region.both(250, 50, 66).closeThrough(7 * week);
        }
        assertInstanceOf(Verdict.Promote.class, decision.verdict());
        KpiResult result = decision.kpis().getFirst();
        List<PromotionLook> looks = region.history().getFirst().looks();
        assertTrue(looks.size() >= 2, looks.toString());
        PromotionLook last = looks.getLast();
        double naive = result.estimate().difference();
        assertEquals(result.medianUnbiased(), result.shown());
        assertTrue(result.shown() < naive, result.shown() + " instead of " + naive);
        // By definition: under the estimate as the truth, a result as extreme as this is as likely as not.
        List<Stage> earlier = stages(looks.subList(0, looks.size() - 1));
        var stop = new Stage(last.time(), StrictMath.sqrt(last.time() * last.information()), last.statistic());
        assertEquals(0.5, GroupSequential.atLeastAsExtreme(earlier, stop, result.shown()), 1e-9);
        assertEquals(
                0.025,
                GroupSequential.atLeastAsExtreme(
                        earlier, stop, result.interval().lower()),
                1e-9);
        assertEquals(
                0.9875,
                GroupSequential.atLeastAsExtreme(
                        earlier, stop, result.interval().upper()),
                1e-9);
    }

    @Test
    void kpiOfWhichLessIsBetterIsMirrored() {
        Design mirrored = RegionLog.design(
                1, kpi("booked", Kind.PROPORTION, Direction.DOWN, Role.PRIMARY, Missing.ZERO, 0.05, null, null));
        Decision good = new RegionLog(mirrored).both(5_000, 1_400, 1_000).closeThrough(14);
        assertInstanceOf(Verdict.Promote.class, good.verdict());
        KpiResult result = good.kpis().getFirst();
        assertEquals(-0.08, result.estimate().difference(), 1e-12);
        assertTrue(result.interval().upper() < 0);
        KpiResult up =
                region().both(5_000, 1_000, 1_400).closeThrough(14).kpis().getFirst();
        assertEquals(up.promotion().statistic(), result.promotion().statistic(), 1e-12);
        assertEquals(up.medianUnbiased(), -result.medianUnbiased(), 1e-12);
        assertEquals(up.interval().lower(), -result.interval().upper(), 1e-9);
        assertEquals(up.interval().upper(), -result.interval().lower(), 1e-9);
    }

    @Test
    void guardrailMustBeProvenNotWorseByItsMargin() {
        Design design = RegionLog.design(1, primary(0.05), guardrail(Direction.DOWN, 0.02));
        RegionLog region = new RegionLog(design).both(3_000, 600, 900);
        cancelled(region, 3_000, 300, 303);
        Decision decision = region.closeThrough(14);
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        assertTrue(decision.kpis().get(0).promotion().crossed());
        assertFalse(decision.kpis().get(1).promotion().crossed());
        assertTrue(decision.verdict().sentence().contains("cancelled is not proven to stay within its margin of 0.02"));

        region.both(3_000, 600, 900);
        cancelled(region, 3_000, 300, 297);
        decision = region.closeThrough(21);
        assertInstanceOf(Verdict.Promote.class, decision.verdict());
        assertNull(decision.kpis().get(0).medianUnbiased(), "it had crossed before");
        assertEquals(Interval.Kind.SEQUENCE, decision.kpis().get(0).interval().kind());
        assertNotNull(decision.kpis().get(1).medianUnbiased());
        assertTrue(decision.kpis().get(1).interval().upper() < 0.02);
    }

    private static void cancelled(RegionLog region, long units, long champion, long challenger) {
        region.outcomes(CHAMPION, "cancelled", proportion(units, champion))
                .outcomes(CHALLENGER, "cancelled", proportion(units, challenger));
    }

    @Test
    void crossingThatLaterDataDoNotUpholdCountsNoMore() {
        Design design = RegionLog.design(1, primary(0.05), guardrail(Direction.DOWN, 0.02));
        RegionLog region = new RegionLog(design).both(900, 180, 270);
        cancelled(region, 900, 90, 90);
        assertTrue(region.closeThrough(14).kpis().get(0).promotion().crossed());
        region.both(500, 150, 95);
        cancelled(region, 500, 50, 50);
        Decision decision = region.closeThrough(21);
        assertFalse(decision.kpis().get(0).promotion().crossed());
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
    }

    @Test
    void lookAtTheEndSpendsExactlyTheAlphaLeft() {
        RegionLog region = region();
        Decision decision = null;
        for (int week = 1; week <= 4; week++) {
            decision = region.both(300, 90, 90 + week).closeThrough(7 * week);
        }
        assertInstanceOf(Verdict.Inconclusive.class, decision.verdict());
        PromotionLook last = decision.kpis().getFirst().promotion();
        assertEquals(0.025, last.alphaSpent());
        assertTrue(last.fraction() < 1, "fraction " + last.fraction());
        List<PromotionLook> looks = region.history().getFirst().looks();
        assertEquals(3, looks.size());
        assertEquals(
                0.025,
                GroupSequential.atLeastAsExtreme(
                        stages(looks.subList(0, 2)), stages(looks).getLast(), 0),
                1e-14);
        assertEquals(Interval.Kind.FINAL, decision.kpis().getFirst().interval().kind());
        assertTrue(decision.verdict().sentence().contains("booked is not proven better"));
    }

    /** S5: looks are correlated as the variances of their sums, which a drifting variance parts from information. */
    @Test
    void timeOfALookIsTheVarianceOfItsSums() {
        Design design = RegionLog.design(1, revenue(0.056));
        RegionLog region = new RegionLog(design);
        double time = 0;
        for (int week = 1; week <= 3; week++) {
            double spread = StrictMath.pow(1.1, week);
            double square = 100 + spread * spread;
            region.add(CHAMPION, sums(2_000, 2_000, 10, square, 1_000 + 30 * spread * spread))
                    .add(CHALLENGER, sums(2_000, 2_000, 10, square, 1_000 + 30 * spread * spread));
            region.closeThrough(7 * week);
            // n² · 2 s² / n over all cohorts so far, with n = half an arm's units: adds up week by week.
            time += 1_000 * spread * spread;
        }
        PromotionLook second = region.history().getFirst().looks().getLast();
        assertEquals(time, second.time(), 1e-3 * time);
        double n = StrictMath.sqrt(second.time() * second.information());
        assertEquals(3_000, n, 1e-6);
    }

    /** S5: one event more at the last closing says hardly more than the look before, and the α left is spent all the same. */
    @Test
    void forcedLastLookIsNeverSkipped() {
        RegionLog region = region().both(700, 210, 212);
        region.closeThrough(21);
        PromotionLook before = region.history().getFirst().latest();
        region.both(1, 1, 0);
        Decision decision = region.closeThrough(28);
        PromotionLook last = decision.kpis().getFirst().promotion();
        assertTrue(last.information() < 1.01 * before.information());
        assertEquals(1.01 * before.time(), last.time(), 1e-9);
        assertEquals(0.025, last.alphaSpent());
        assertInstanceOf(Verdict.Inconclusive.class, decision.verdict());
        // An ordinary look that says hardly more is skipped and spends nothing.
        assertEquals(2, region.history().getFirst().looks().size());
    }

    @Test
    void plannedInformationSpendsAllAlphaAndEndsTheRegion() {
        Decision decision = region().both(5_000, 1_000, 1_010).closeThrough(14);
        assertInstanceOf(Verdict.Inconclusive.class, decision.verdict());
        PromotionLook look = decision.kpis().getFirst().promotion();
        assertTrue(look.fraction() > 1);
        assertEquals(0.025, look.alphaSpent());
        assertEquals(1.959963984540054, look.criticalZ(), 1e-14);
        assertTrue(decision.verdict().reasons().getLast().contains("all α is spent"));
    }

    @Test
    void littleInformationIsNotLookedAtUntilTheEnd() {
        RegionLog region = region().both(250, 50, 60);
        assertNull(region.closeThrough(14).kpis().getFirst().promotion());
        Decision decision = region.closeThrough(28);
        assertInstanceOf(Verdict.Inconclusive.class, decision.verdict());
        assertEquals(0.025, decision.kpis().getFirst().promotion().alphaSpent());
    }

    @Test
    void regionWithoutUnitsGoesOnToItsEndAndIsInconclusive() {
        assertInstanceOf(Verdict.Inconclusive.class, region().closeThrough(28).verdict());
    }

    @Test
    void newEpochWithAnotherLevelIsComparedWithinItself() {
        // From .2 to .6 for everybody; were epochs pooled, the arms' unequal sizes would be taken for an effect.
        RegionLog region = region().add(CHAMPION, 4_000, 800).add(CHALLENGER, 4_010, 802);
        region.closeThrough(10);
        region.nextEpoch(1, 1).add(CHAMPION, 4_010, 2_406).add(CHALLENGER, 4_000, 2_400);
        Decision decision = region.closeThrough(14);
        KpiResult result = decision.kpis().getFirst();
        assertEquals(0, result.estimate().difference(), 1e-12);
        assertEquals(8_010, result.arms().getFirst().units());
        assertEquals(0.4, result.arms().getFirst().mean(), 1e-12);
    }

    /** S4: an epoch with a handful of units of an arm has a variance that is too small by chance; left out, and said. */
    @Test
    void tinyEpochIsLeftOutAndNamed() {
        RegionLog region = region().both(1_000, 200, 210);
        region.close();
        region.nextEpoch(99, 1).add(CHAMPION, 3_000, 600).add(CHALLENGER, 30, 0);
        Decision decision = region.close();
        KpiResult result = decision.kpis().getFirst();
        assertEquals(0.01, result.estimate().difference(), 1e-12);
        assertEquals(List.of(new KpiResult.LeftOut("PDX", 2, 3_030, 600)), result.leftOut());
        assertTrue(
                decision.verdict().reasons().stream()
                        .anyMatch(reason -> reason.contains("leaves out")
                                && reason.contains("epoch 2 of PDX (3,030 units, 600 with a value other than zero)")),
                decision.verdict().reasons().toString());
    }

    @Test
    void runThatBeganUnderTheFirstPolicyGoesOnByTheInformationOfItsLooks() {
        RegionLog region = region().both(600, 120, 130);
        region.closeThrough(14);
        Evidence evidence = region.both(300, 60, 65).skipTo(21).evidence();
        PromotionLook timed = evidence.history().getFirst().looks().getFirst();
        var untimed = new PromotionLook(
                timed.at(),
                timed.information(),
                null,
                timed.fraction(),
                timed.alphaSpent(),
                timed.criticalZ(),
                timed.statistic());
        var began = new Evidence(
                evidence.experiment(),
                evidence.scope(),
                evidence.startedAt(),
                evidence.at(),
                evidence.cohort(),
                evidence.week(),
                evidence.last(),
                evidence.strata(),
                evidence.cohorts(),
                List.of(new KpiHistory("booked", List.of(untimed))));
        PromotionLook next = Policy.decide(DESIGN, began).kpis().getFirst().promotion();
        assertNull(next.time());
        assertEquals(
                GroupSequential.critical(
                        List.of(new Stage(untimed.information(), untimed.criticalZ())),
                        next.information(),
                        next.alphaSpent() - untimed.alphaSpent()),
                next.criticalZ());
    }
}
