package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.RegionLog.CHALLENGER;
import static dev.ringside.experiments.decision.RegionLog.CHAMPION;
import static dev.ringside.experiments.decision.RegionLog.kpi;
import static dev.ringside.experiments.decision.RegionLog.primary;
import static dev.ringside.experiments.decision.RegionLog.proportion;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.experiments.decision.Verdict.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What blocks and what pauses (S2, S7, S8, S14). */
class PolicyGateTest {
    private static final Design DESIGN = RegionLog.design(1, primary(0.05));

    private static RegionLog region() {
        return new RegionLog(DESIGN);
    }

    private static RegionLog better() {
        return region().both(5_000, 1_000, 1_400);
    }

    private static ExposureCounts counts(long units, long fellBack, long lateExposures, long lateOutcomes) {
        return new ExposureCounts(units, 0, fellBack, lateExposures, lateOutcomes, 0);
    }

    private static Verdict.Blocked blocked(RegionLog region, Block because) {
        Decision decision = region.closeThrough(14);
        var blocked = assertInstanceOf(Verdict.Blocked.class, decision.verdict());
        assertEquals(List.of(because), blocked.because());
        assertTrue(region.history().isEmpty(), "a blocked look spends nothing");
        return blocked;
    }

    /** S7: the alarm stops exposure, and says so. */
    @Test
    void sampleRatioAlarmPausesTheRegion() {
        Decision decision = region().add(CHAMPION, 6_000, 1_200)
                .add(CHALLENGER, 5_000, 1_000)
                .close();
        var pause = assertInstanceOf(Verdict.Pause.class, decision.verdict());
        assertFalse(pause.ends());
        assertTrue(decision.sampleRatio().alarm());
        assertTrue(pause.sentence().startsWith("Pause: Units did not come to the arms as planned"), pause.sentence());
        assertTrue(pause.sentence().contains("6,000 champion, 5,000 challenger"), pause.sentence());
    }

    /** S7: a challenger that loses units and does harm does not keep its traffic. */
    @Test
    void provenHarmRollsBackInSpiteOfAnAlarmAndSaysBoth() {
        Decision decision = region().add(CHAMPION, 6_000, 1_800)
                .add(CHALLENGER, 5_000, 1_000)
                .close();
        assertInstanceOf(Verdict.RollBack.class, decision.verdict());
        assertTrue(decision.verdict().reasons().get(0).contains("proven worse"), decision.toString());
        assertTrue(decision.verdict().reasons().get(1).startsWith("Units did not come"), decision.toString());
    }

    /** S2: the gate counts exposures of every cohort that the horizon has passed, though no KPI has closed one. */
    @Test
    void gateSpeaksOfExposuresOfWhichNoKpiHasClosed() {
        Decision decision = region().exposed(CHAMPION, 9_771, 0)
                .exposed(CHALLENGER, 5_909, 0)
                .close();
        assertEquals(0, decision.kpis().getFirst().arms().getFirst().units());
        assertInstanceOf(Verdict.Pause.class, decision.verdict());
        assertTrue(decision.sampleRatio().logBayesFactor() > 280, decision.toString());
    }

    /** S8: half of the challenger's units lost: 400 units suffice, 1,200 were needed. */
    @Test
    void lostHalfIsAlarmedAfterFourHundredUnits() {
        int units = 0;
        boolean alarm = false;
        while (!alarm) {
            units += 10;
            alarm = region().exposed(CHAMPION, units, 0)
                    .exposed(CHALLENGER, units / 2, 0)
                    .close()
                    .sampleRatio()
                    .alarm();
        }
        assertTrue(units + units / 2 <= 400, units + " and " + units / 2);
        // And a lost fiftieth of many is still found.
        assertTrue(region().exposed(CHAMPION, 100_000, 0)
                .exposed(CHALLENGER, 98_000, 0)
                .close()
                .sampleRatio()
                .alarm());
    }

    @Test
    void epochsAreHeldToTheirOwnSplit() {
        RegionLog region = region().exposed(CHAMPION, 5_000, 0).exposed(CHALLENGER, 5_000, 0);
        region.nextEpoch(99, 1).exposed(CHAMPION, 9_900, 0).exposed(CHALLENGER, 100, 0);
        assertFalse(region.close().sampleRatio().alarm());
    }

    @Test
    void whatIsPausedAtTheEndIsInconclusiveAndTheReasonSaysWhy() {
        RegionLog region = region().skipTo(28).add(CHAMPION, 6_000, 1_800).add(CHALLENGER, 5_000, 2_500);
        var verdict =
                assertInstanceOf(Verdict.Inconclusive.class, region.close().verdict());
        assertTrue(verdict.reasons().getFirst().startsWith("Units did not come to the arms as planned"));
        assertTrue(verdict.reasons().getLast().contains("28d"));
        assertTrue(region.history().isEmpty());
    }

    @Test
    void crossedUnitsBlockPromotionSpendNothingAndDoNotProtectHarm() {
        RegionLog region =
                region().exposed(CHAMPION, 0, 30).exposed(CHALLENGER, 0, 31).both(5_000, 1_000, 1_400);
        assertTrue(blocked(region, Block.CROSSED_UNITS).sentence().contains("0.61 %"));
        // More units come, the share falls, and the next look still has all its α.
        assertInstanceOf(
                Verdict.Promote.class,
                region.both(2_000, 400, 560).closeThrough(21).verdict());
        Decision harmful =
                region().exposed(CHAMPION, 0, 500).both(5_000, 1_400, 1_000).close();
        assertInstanceOf(Verdict.RollBack.class, harmful.verdict());
        assertEquals(2, harmful.verdict().reasons().size());
    }

    @Test
    void fewCrossedUnitsBlockWhenTheyAreAllOfOneArm() {
        RegionLog alike =
                region().exposed(CHAMPION, 0, 12).exposed(CHALLENGER, 0, 12).both(5_000, 1_000, 1_400);
        assertInstanceOf(Verdict.Promote.class, alike.closeThrough(14).verdict());
        blocked(region().exposed(CHALLENGER, 0, 24).both(5_000, 1_000, 1_400), Block.CROSSED_UNITS);
    }

    /** S14: a challenger rescued by the champion would be promoted, and then has no rescuer. */
    @Test
    void fallbacksOfOneArmBlockPromotionWithTheirCounts() {
        var blocked = blocked(better().exposed(CHALLENGER, counts(0, 60, 0, 0)), Block.FALLBACKS);
        assertTrue(
                blocked.sentence().contains("(0 champion, 60 challenger of 5,000 champion, 5,000 challenger)"),
                blocked.sentence());
        RegionLog alike = better().exposed(CHAMPION, counts(0, 55, 0, 0)).exposed(CHALLENGER, counts(0, 60, 0, 0));
        assertInstanceOf(Verdict.Promote.class, alike.closeThrough(14).verdict());
    }

    /** S14 */
    @Test
    void lateExposuresOfOneArmBlockPromotionWithTheirCounts() {
        var blocked = blocked(better().exposed(CHAMPION, counts(0, 0, 60, 0)), Block.LATE_EXPOSURES);
        assertTrue(blocked.sentence().contains("60 champion, 0 challenger"), blocked.sentence());
    }

    /** S14 */
    @Test
    void lateOutcomesOfOneArmBlockPromotionWithTheirCounts() {
        var blocked = blocked(
                better().exposed(CHAMPION, counts(0, 0, 0, 10)).exposed(CHALLENGER, counts(0, 0, 0, 90)),
                Block.LATE_OUTCOMES);
        assertTrue(blocked.sentence().contains("10 champion, 90 challenger"), blocked.sentence());
    }

    /** A difference that no verdict could hinge on blocks nothing, however sure it is. */
    @Test
    void fallbacksOfOneUnitInAThousandBlockNothing() {
        RegionLog region = region().both(50_000, 10_000, 14_000).exposed(CHALLENGER, counts(0, 40, 0, 0));
        assertInstanceOf(Verdict.Promote.class, region.closeThrough(14).verdict());
    }

    @Test
    void unequalOutcomeRatesBlockAKpiThatLeavesOutUnitsWithoutOutcome() {
        var rated = kpi("rated", Kind.PROPORTION, Direction.UP, Role.PRIMARY, Missing.EXCLUDE, 0.05, null, null);
        RegionLog region = new RegionLog(RegionLog.design(1, rated))
                .exposed(CHAMPION, 8_000, 0)
                .exposed(CHALLENGER, 8_000, 0)
                .outcomes(CHAMPION, "rated", proportion(5_000, 2_000))
                .outcomes(CHALLENGER, "rated", proportion(4_400, 2_000));
        Decision decision = region.closeThrough(14);
        var blocked = assertInstanceOf(Verdict.Blocked.class, decision.verdict());
        assertEquals(List.of(Block.OUTCOME_RATES), blocked.because());
        assertFalse(decision.sampleRatio().alarm());
    }

    /** The regions' own looks veto; what is summed over them is asked for promotion only. */
    @Test
    void waveHasNoGateOfItsOwn() {
        Design wave = Design.of(
                List.of(primary(0.05)), Multiplicity.wave(4), java.time.Duration.ofDays(28), CHAMPION, CHALLENGER);
        RegionLog log = new RegionLog(wave).of(new Scope.Wave(1, List.of("PDX", "SAN")));
        log.both(2_000, 400, 560).nextEpoch("SAN", 1, 1).both(2_000, 200, 260).exposed(CHAMPION, 500, 200);
        Decision decision = log.closeThrough(14);
        assertInstanceOf(Verdict.Promote.class, decision.verdict());
        assertEquals(0.025, decision.kpis().getFirst().promotion().alphaSpent(), 1e-15);
        // The same region by itself is asked for harm and gate, and never promoted.
        RegionLog region = new RegionLog(wave).both(2_000, 400, 560);
        Decision alone = region.closeThrough(28);
        assertInstanceOf(Verdict.Continue.class, alone.verdict());
        assertTrue(region.history().isEmpty());
    }
}
