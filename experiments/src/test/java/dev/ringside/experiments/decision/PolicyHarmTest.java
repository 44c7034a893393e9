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
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.NormalMixture;
import dev.ringside.experiments.analysis.RareEvents;
import dev.ringside.experiments.decision.KpiResult.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a region is rolled back (S1, S13), with counts that a typical day gives. */
class PolicyHarmTest {
    private static final Design DESIGN = RegionLog.design(1, primary(0.01));

    private static RegionLog region() {
        return new RegionLog(DESIGN);
    }

    /** S1: minimum counts of each arm never let these be tested. */
    @Test
    void challengerThatFailsTotallyIsRolledBackAtTheFirstClosing() {
        for (long events : new long[] {0, 1, 2}) {
            Decision decision = region().both(1_000, 50, events).close();
            assertInstanceOf(Verdict.RollBack.class, decision.verdict(), events + " of 1,000 instead of 50");
        }
        Decision decision = region().both(1_000, 50, 0).close();
        assertTrue(
                decision.verdict().sentence().contains("champion has 50 of 1,000, challenger has 0 of 1,000"),
                decision.verdict().sentence());
    }

    /** S1: from 98 to 100 % where less is better no non-event is left in the challenger's arm. */
    @Test
    void rateThatRisesToAllWhereLessIsBetterIsRolledBackAtTheFirstClosing() {
        Design late = RegionLog.design(
                1, kpi("booked", Kind.PROPORTION, Direction.DOWN, Role.PRIMARY, Missing.ZERO, 0.01, null, null));
        assertInstanceOf(
                Verdict.RollBack.class,
                new RegionLog(late).both(1_000, 980, 1_000).close().verdict());
        assertInstanceOf(
                Verdict.Continue.class,
                new RegionLog(late).both(1_000, 1_000, 980).close().verdict());
    }

    /** S1: zero revenue. */
    @Test
    void revenueThatEndsIsRolledBackAtTheFirstClosing() {
        Design design = RegionLog.design(1, revenue(0.2));
        Decision decision = new RegionLog(design)
                .add(CHAMPION, sums(1_000, 50, 40, 3_000, 400_000))
                .add(CHALLENGER, sums(1_000, 0, 0, 0, 0))
                .close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        // Fewer than half the buyers is harm by itself; somewhat fewer is not, as they may spend more.
        Decision fewer = new RegionLog(design)
                .add(CHAMPION, sums(1_000, 50, 40, 3_000, 400_000))
                .add(CHALLENGER, sums(1_000, 35, 60, 6_000, 900_000))
                .close();
        assertInstanceOf(Verdict.Continue.class, fewer.verdict());
        assertTrue(fewer.kpis().getFirst().harm().logCounts() < 0);
    }

    /** S1: guardrail complaints from none to a fifth. */
    @Test
    void complaintsThatNobodyHadBeforeAreRolledBackAtTheFirstClosing() {
        Design design = RegionLog.design(1, primary(0.01), guardrail(Direction.DOWN, 0.01));
        RegionLog region = new RegionLog(design).both(300, 15, 16);
        region.outcomes(CHAMPION, "cancelled", proportion(300, 0))
                .outcomes(CHALLENGER, "cancelled", proportion(300, 60));
        Decision decision = region.close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        assertTrue(decision.verdict().sentence().contains("cancelled is proven worse by more than its margin of 0.01"));
    }

    /** S1: 66 and 73 units and −47.9 points ran 14 days to the end. */
    @Test
    void smallRegionIsTestedToo() {
        Decision decision =
                region().add(CHAMPION, 66, 46).add(CHALLENGER, 73, 16).close();
        KpiResult result = decision.kpis().getFirst();
        assertFalse(result.testable());
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
    }

    /** S13: the null of a guardrail's harm is its margin, not no loss at all. */
    @Test
    void guardrailThatLosesHalfItsMarginIsNotRolledBackHoweverSureTheLossIs() {
        Design design = RegionLog.design(1, primary(0.01), guardrail(Direction.DOWN, 0.02));
        RegionLog region = new RegionLog(design).both(100_000, 5_000, 5_000);
        region.outcomes(CHAMPION, "cancelled", proportion(100_000, 10_000))
                .outcomes(CHALLENGER, "cancelled", proportion(100_000, 11_000));
        Decision decision = region.close();
        KpiResult cancelled = decision.kpis().get(1);
        assertTrue(cancelled.estimate().difference() / cancelled.estimate().standardError() > 7);
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        assertTrue(cancelled.harm().logEvidence() < 0);

        RegionLog beyond = new RegionLog(design).both(100_000, 5_000, 5_000);
        beyond.outcomes(CHAMPION, "cancelled", proportion(100_000, 10_000))
                .outcomes(CHALLENGER, "cancelled", proportion(100_000, 13_000));
        assertInstanceOf(Verdict.RollBack.class, beyond.close().verdict());
    }

    @Test
    void evidenceIsFourFifthsMeansAndOneFifthCounts() {
        KpiResult result = region().both(2_000, 110, 95).close().kpis().getFirst();
        double z = -result.estimate().difference() / result.estimate().standardError();
        double star = DESIGN.kpis().getFirst().informationStar();
        double means = NormalMixture.narrowestAt(star, 0.025)
                .logEvidence(result.estimate().information(), z);
        assertEquals(means, result.harm().logMeans(), 1e-12);
        double counts = result.harm().logCounts();
        assertEquals(
                0.8 * StrictMath.exp(means) + 0.2 * StrictMath.exp(counts),
                StrictMath.exp(result.harm().logEvidence()),
                1e-12);
        assertEquals(StrictMath.log(40), result.harm().logThreshold(), 1e-12);
    }

    @Test
    void beforeTheMinimumCountsOnlyTheCountsSpeak() {
        // 24 events over both arms: the 25th is missing.
        KpiResult few = region().both(1_000, 12, 12).close().kpis().getFirst();
        assertFalse(few.testable());
        assertNull(few.harm().logMeans());
        assertNotNull(few.harm().logCounts());
        assertEquals(
                RareEvents.logMean(0.8, -700, few.harm().logCounts()),
                few.harm().logEvidence(),
                1e-12);
        // None in one arm is no obstacle any more.
        KpiResult enough = region().both(1_000, 25, 0).close().kpis().getFirst();
        assertTrue(enough.testable());
        assertNotNull(enough.harm().logMeans());
        assertFalse(region().both(99, 20, 20).close().kpis().getFirst().testable());
        assertFalse(region().both(1_000, 1_000, 976).close().kpis().getFirst().testable());
    }

    @Test
    void meanOfWhichNothingIsRegisteredIsJudgedByItsMeansAlone() {
        Design design = RegionLog.design(
                1, kpi("booked", Kind.MEAN, Direction.UP, Role.PRIMARY, Missing.ZERO, 0.2, null, null));
        KpiResult result = new RegionLog(design)
                .add(CHAMPION, sums(1_000, 50, 40, 3_000, 400_000))
                .add(CHALLENGER, sums(1_000, 45, 40, 3_000, 400_000))
                .close()
                .kpis()
                .getFirst();
        assertNull(result.harm().logCounts());
        assertEquals(result.harm().logMeans(), result.harm().logEvidence());
    }

    @Test
    void cohortsAreComparedOneByOne() {
        // The rate doubles as the split turns: pooled, the challenger would look worse by half.
        RegionLog region = region();
        region.add(CHAMPION, 500, 100).add(CHALLENGER, 500, 100).close();
        region.nextEpoch(9, 1).add(CHAMPION, 900, 360).add(CHALLENGER, 100, 40);
        Decision decision = region.close();
        assertTrue(decision.kpis().getFirst().harm().logEvidence() < 0, decision.toString());
    }

    @Test
    void monitorIsNeverTestedForHarm() {
        var shown = kpi("short", Kind.PROPORTION, Direction.DOWN, Role.MONITOR, Missing.ZERO, 0.05, null, null);
        RegionLog region = new RegionLog(RegionLog.design(1, primary(0.05), shown)).both(2_000, 400, 410);
        region.outcomes(CHAMPION, "short", proportion(2_000, 100))
                .outcomes(CHALLENGER, "short", proportion(2_000, 900));
        Decision decision = region.close();
        assertInstanceOf(Verdict.Continue.class, decision.verdict());
        assertNull(decision.kpis().get(1).harm());
        assertEquals(Interval.Kind.SEQUENCE, decision.kpis().get(1).interval().kind());
    }

    @Test
    void regionWithoutUnitsProvesNothing() {
        Decision first = region().close();
        assertInstanceOf(Verdict.Continue.class, first.verdict());
        assertNull(first.kpis().getFirst().estimate());
        assertNull(first.kpis().getFirst().harm());
        assertNull(first.kpis().getFirst().arms().getFirst().mean());
    }

    /** What a holdback finds after a promotion, with no gate and no look for promotion. */
    @Test
    void holdbackIsTestedForHarmOnly() {
        RegionLog held = region().of(new Scope.Holdback("PDX"));
        Decision harmful =
                held.add(CHAMPION, 200, 100).add(CHALLENGER, 3_800, 1_200).close();
        assertInstanceOf(Verdict.RollBack.class, harmful.verdict());
        Decision better = region().of(new Scope.Holdback("PDX"))
                .add(CHAMPION, 200, 50)
                .add(CHALLENGER, 3_800, 1_900)
                .closeThrough(28);
        assertInstanceOf(Verdict.Continue.class, better.verdict());
        assertEquals(
                List.of(),
                better.kpis().stream()
                        .map(KpiResult::promotion)
                        .filter(p -> p != null)
                        .toList());
    }

    @Test
    void oldRecordsWithoutCubesAreTestedWithoutSkew() {
        Design design = RegionLog.design(1, revenue(0.2));
        Moments known = sums(1_000, 50, 40, 3_000, 400_000);
        KpiResult result = new RegionLog(design)
                .add(CHAMPION, known.withoutCubes())
                .add(CHALLENGER, known)
                .close()
                .kpis()
                .getFirst();
        assertEquals(0, result.estimate().difference());
        assertTrue(result.harm().logMeans() < 0);
    }
}
