package dev.ringside.experiments.decision.region1;

import static dev.ringside.experiments.decision.region1.RegionLog.guardrail;
import static dev.ringside.experiments.decision.region1.RegionLog.kpi;
import static dev.ringside.experiments.decision.region1.RegionLog.primary;
import static dev.ringside.experiments.decision.region1.RegionLog.proportion;
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
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.GroupSequential;
import dev.ringside.experiments.analysis.GroupSequential.Stage;
import dev.ringside.experiments.decision.region1.KpiResult.Interval;
import dev.ringside.experiments.decision.region1.Verdict.Block;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Design DESIGN = RegionLog.design(1, primary(0.05));

    private static RegionLog region() {
        return new RegionLog(DESIGN);
    }

    @Test
    void nothingIsTestedBeforeTheMinimumCounts() {
        // All of one arm and none of the other, but 24 events are missing their 25th.
        Decision decision = region().both(2_000, 24, 2_000).closeThrough(14);
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        KpiResult result = decision.kpis().getFirst();
        assertFalse(result.testable());
        assertNull(result.interval());
        assertNull(result.harm());
        assertNull(result.promotion());
        assertTrue(decision.verdict().sentence().contains("champion has 2,000 and 24"), decision.toString());

        assertInstanceOf(
                Verdict.Continue.class,
                region().both(99, 30, 68).closeThrough(14).verdict());
        assertInstanceOf(
                Verdict.Continue.class, region().both(2_000, 1_976, 400).close().verdict());
        assertInstanceOf(
                Verdict.RollBack.class, region().both(2_000, 1_975, 400).close().verdict());
    }

    @Test
    void noRandomRegionBelowTheMinimumCountsIsEverTested() {
        var random = new SplittableRandom(99);
        for (int run = 0; run < 300; run++) {
            long units = random.nextLong(2, 3_000);
            long events = random.nextLong(0, units + 1);
            boolean few = units < 100 || events < 25 || units - events < 25;
            var region = region().both(units, events, random.nextLong(0, units + 1));
            Decision decision = region.closeThrough(28);
            KpiResult result = decision.kpis().getFirst();
            if (few) {
                assertInstanceOf(Verdict.Inconclusive.class, decision.verdict(), "run " + run);
                assertFalse(result.testable() || result.harm() != null || result.interval() != null, "run " + run);
                assertTrue(region.history().isEmpty(), "run " + run);
            }
        }
    }

    @Test
    void regionWithoutUnitsGoesOnToItsEndAndIsInconclusive() {
        Decision first = region().close();
        assertInstanceOf(Verdict.Continue.class, first.verdict());
        assertNull(first.kpis().getFirst().estimate());
        assertNull(first.kpis().getFirst().arms().getFirst().mean());
        assertInstanceOf(Verdict.Inconclusive.class, region().closeThrough(28).verdict());
    }

    @Test
    void meanOfWhichEveryUnitHasAValueNeedsNoNonEvents() {
        var fare = kpi("booked", Kind.MEAN, Direction.UP, Role.PRIMARY, Missing.ZERO, 0.05, null);
        var region = new RegionLog(RegionLog.design(1, fare));
        for (String variant : List.of("champion", "challenger")) {
            region.exposed(variant, 200, 0);
            for (int unit = 0; unit < 200; unit++) {
                region.outcomes(variant, "booked", Moments.ofUnit(unit, 5_000_000 + unit % 10));
            }
        }
        assertTrue(region.close().kpis().getFirst().testable());
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
        assertEquals(Interval.Kind.REPEATED, result.interval().kind());
        assertTrue(result.interval().lower() > 0);
        assertEquals(0.08, (result.interval().lower() + result.interval().upper()) / 2, 1e-12);
        assertEquals(0.08, result.medianUnbiased(), 0.01);
        assertTrue(decision.verdict().sentence().startsWith("Promote the challenger: booked is proven better: the "));
    }

    @Test
    void harmfulChallengerIsRolledBackAtTheClosingThatProvesIt() {
        Decision decision = region().both(3_000, 900, 720).close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        KpiResult result = decision.kpis().getFirst();
        assertTrue(result.harm().proven());
        assertEquals(Interval.Kind.SEQUENCE, result.interval().kind());
        assertTrue(result.interval().upper() < 0);
        assertTrue(
                decision.verdict().sentence().contains("worse by 0.06"),
                decision.verdict().sentence());
    }

    @Test
    void kpiOfWhichLessIsBetterIsMirrored() {
        var down = kpi("booked", Kind.PROPORTION, Direction.DOWN, Role.PRIMARY, Missing.ZERO, 0.05, null);
        Design mirrored = RegionLog.design(1, down);
        Decision good = new RegionLog(mirrored).both(5_000, 1_400, 1_000).closeThrough(14);
        assertInstanceOf(Verdict.Promote.class, good.verdict());
        KpiResult result = good.kpis().getFirst();
        assertEquals(-0.08, result.estimate().difference(), 1e-12);
        assertTrue(result.interval().upper() < 0);
        assertTrue(result.medianUnbiased() < -0.07);
        KpiResult up =
                region().both(5_000, 1_000, 1_400).closeThrough(14).kpis().getFirst();
        assertEquals(up.promotion().statistic(), result.promotion().statistic(), 1e-12);
        assertEquals(up.medianUnbiased(), -result.medianUnbiased(), 1e-12);
        assertInstanceOf(
                Verdict.RollBack.class,
                new RegionLog(mirrored).both(3_000, 720, 900).close().verdict());
    }

    @Test
    void sampleRatioAlarmBlocksEvenProvenHarmAndSaysSo() {
        Decision decision = region().add("champion", 6_000, 1_800)
                .add("challenger", 5_000, 1_000)
                .close();
        var blocked = assertInstanceOf(Verdict.Blocked.class, decision.verdict());
        assertEquals(List.of(Block.SAMPLE_RATIO), blocked.because());
        assertTrue(decision.sampleRatio().alarm());
        assertTrue(decision.kpis().getFirst().harm().proven());
        assertTrue(blocked.reasons().get(0).contains("6,000 champion, 5,000 challenger"), blocked.toString());
        assertTrue(blocked.reasons().get(2).contains("proven worse"), blocked.toString());
    }

    @Test
    void whatIsBlockedAtTheEndIsInconclusiveAndTheReasonSaysWhy() {
        RegionLog region = region().add("champion", 6_000, 1_800).add("challenger", 5_000, 2_500);
        Decision decision = region.closeThrough(28);
        var verdict = assertInstanceOf(Verdict.Inconclusive.class, decision.verdict());
        assertTrue(verdict.reasons().getFirst().startsWith("Units did not come to the arms as planned"));
        assertTrue(verdict.reasons().getLast().contains("28d"));
        assertTrue(region.history().isEmpty());
    }

    @Test
    void crossedUnitsBlockPromotionSpendNothingAndDoNotProtectHarm() {
        RegionLog region = region().exposed("champion", 0, 30).exposed("challenger", 0, 31);
        Decision decision = region.both(5_000, 1_000, 1_400).closeThrough(14);
        var blocked = assertInstanceOf(Verdict.Blocked.class, decision.verdict());
        assertEquals(List.of(Block.CROSSED_UNITS), blocked.because());
        assertTrue(blocked.sentence().contains("0.61 %"), blocked.sentence());
        assertTrue(region.history().isEmpty());
        // More units come, the share falls, and the next look still has all its α.
        decision = region.both(2_000, 400, 560).closeThrough(21);
        assertInstanceOf(Verdict.Promote.class, decision.verdict());

        decision =
                region().exposed("champion", 0, 500).both(5_000, 1_400, 1_000).close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        assertEquals(2, decision.verdict().reasons().size());
    }

    @Test
    void fewCrossedUnitsBlockWhenTheyAreAllOfOneArm() {
        Decision alike = region().exposed("champion", 0, 12)
                .exposed("challenger", 0, 12)
                .both(5_000, 1_000, 1_400)
                .closeThrough(14);
        assertInstanceOf(Verdict.Promote.class, alike.verdict());
        Decision oneSided =
                region().exposed("challenger", 0, 24).both(5_000, 1_000, 1_400).closeThrough(14);
        var blocked = assertInstanceOf(Verdict.Blocked.class, oneSided.verdict());
        assertEquals(List.of(Block.CROSSED_UNITS), blocked.because());
    }

    @Test
    void unequalOutcomeRatesBlockAKpiThatLeavesOutUnitsWithoutOutcome() {
        var rated = kpi("rated", Kind.PROPORTION, Direction.UP, Role.PRIMARY, Missing.EXCLUDE, 0.05, null);
        Design design = RegionLog.design(1, rated);
        RegionLog region = new RegionLog(design)
                .exposed("champion", 8_000, 0)
                .exposed("challenger", 8_000, 0)
                .outcomes("champion", "rated", proportion(5_000, 2_000))
                .outcomes("challenger", "rated", proportion(4_400, 2_000));
        Decision decision = region.closeThrough(14);
        var blocked = assertInstanceOf(Verdict.Blocked.class, decision.verdict());
        assertEquals(List.of(Block.OUTCOME_RATES), blocked.because());
        assertFalse(decision.sampleRatio().alarm());
    }

    @Test
    void guardrailMustBeProvenNotWorseByItsMargin() {
        Design design = RegionLog.design(1, primary(0.05), guardrail(Direction.DOWN, 0.02));
        RegionLog region = new RegionLog(design).both(3_000, 600, 900);
        cancelled(region, 3_000, 300, 303);
        Decision decision = region.closeThrough(14);
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        KpiResult booked = decision.kpis().get(0);
        KpiResult cancelled = decision.kpis().get(1);
        assertTrue(booked.promotion().crossed());
        assertFalse(cancelled.promotion().crossed());
        assertTrue(decision.verdict().sentence().contains("cancelled is not proven to stay within its margin of 0.02"));

        region.both(3_000, 600, 900);
        cancelled(region, 3_000, 300, 297);
        decision = region.closeThrough(21);
        assertInstanceOf(Verdict.Promote.class, decision.verdict());
        assertNull(decision.kpis().get(0).medianUnbiased(), "it had crossed before");
        assertNotNull(decision.kpis().get(1).medianUnbiased());
        assertTrue(decision.kpis().get(1).interval().upper() < 0.02);
    }

    private static void cancelled(RegionLog region, long units, long champion, long challenger) {
        region.outcomes("champion", "cancelled", proportion(units, champion))
                .outcomes("challenger", "cancelled", proportion(units, challenger));
    }

    @Test
    void guardrailThatIsProvenWorseRollsBackABetterChallenger() {
        Design design = RegionLog.design(1, primary(0.05), guardrail(Direction.DOWN, 0.1));
        RegionLog region = new RegionLog(design).both(5_000, 1_000, 1_400);
        cancelled(region, 5_000, 500, 800);
        Decision decision = region.close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        assertTrue(decision.verdict().sentence().contains("cancelled is proven worse"));
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
        List<Stage> earlier = looks.subList(0, 2).stream()
                .map(look -> new Stage(look.information(), look.criticalZ()))
                .toList();
        assertEquals(0.025, GroupSequential.atLeastAsExtreme(earlier, last.information(), last.criticalZ(), 0), 1e-14);
        assertEquals(
                Interval.Kind.REPEATED, decision.kpis().getFirst().interval().kind());
        assertTrue(decision.verdict().sentence().contains("booked is not proven better"));
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
    void newEpochWithAnotherLevelIsComparedWithinItself() {
        // From .2 to .6 for everybody; were epochs pooled, the arms' unequal sizes would be taken for an effect.
        RegionLog region = region().add("champion", 4_000, 800).add("challenger", 4_010, 802);
        region.closeThrough(10);
        region.nextEpoch().add("champion", 4_010, 2_406).add("challenger", 4_000, 2_400);
        Decision decision = region.closeThrough(14);
        KpiResult result = decision.kpis().getFirst();
        assertEquals(0, result.estimate().difference(), 1e-12);
        assertEquals(8_010, result.arms().getFirst().units());
        assertEquals(0.4, result.arms().getFirst().mean(), 1e-12);
    }

    @Test
    void monitorIsShownAndDecidesNothing() {
        var late = kpi("late", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, null, null);
        var shown = kpi("short", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, 0.05, null);
        RegionLog region = new RegionLog(RegionLog.design(1, primary(0.05), late, shown)).both(2_000, 400, 410);
        for (String kpi : List.of("late", "short")) {
            region.outcomes("champion", kpi, proportion(2_000, 100))
                    .outcomes("challenger", kpi, proportion(2_000, 900));
        }
        Decision decision = region.close();
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        assertEquals(0.4, decision.kpis().get(1).estimate().difference(), 1e-12);
        assertNull(decision.kpis().get(1).interval());
        assertNotNull(decision.kpis().get(2).interval());
        assertNull(decision.kpis().get(2).harm());
    }
}
