package dev.ringside.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunerTest {
    private static TrialRecord trial(int number, boolean ended, double... values) {
        List<TrialRecord.Report> reports = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            reports.add(new TrialRecord.Report(i + 1, values[i]));
        }
        return new TrialRecord(
                number,
                1,
                0,
                Map.of(),
                "",
                reports,
                ended
                        ? new TrialRecord.State.Finished(Measured.of(values[values.length - 1]), 0)
                        : new TrialRecord.State.Running());
    }

    private static History history(TrialRecord... trials) {
        return new History(List.of(trials), Direction.MAXIMISE);
    }

    /** Running averages at step 2 are .55, .65 and .75; their median is .65. */
    @Test
    void aTrialIsStoppedWhereItsBestIsWorseThanTheMedianOfRunningAverages() {
        History history =
                history(trial(0, true, 0.5, 0.6, 0.9), trial(1, true, 0.6, 0.7, 0.8), trial(2, true, 0.7, 0.8, 0.8));
        var pruner = new MedianPruner(3, 0);
        assertTrue(pruner.prunes(trial(3, false, 0.5, 0.64), history));
        assertFalse(pruner.prunes(trial(3, false, 0.5, 0.66), history));
        assertFalse(pruner.prunes(trial(3, false, 0.66, 0.1), history), "its best counts, not its last");
    }

    @Test
    void noTrialIsStoppedDuringTheWarmUpOrBeforeEnoughHaveEnded() {
        History history = history(trial(0, true, 0.9, 0.9), trial(1, true, 0.9, 0.9));
        assertFalse(new MedianPruner(2, 2).prunes(trial(2, false, 0.1, 0.1), history));
        assertFalse(new MedianPruner(3, 0).prunes(trial(2, false, 0.1, 0.1), history));
        assertTrue(new MedianPruner(2, 1).prunes(trial(2, false, 0.1, 0.1), history));
    }

    @Test
    void whatIsBetterFollowsTheDirection() {
        History losses = new History(List.of(trial(0, true, 0.3), trial(1, true, 0.4)), Direction.MINIMISE);
        assertTrue(new MedianPruner(1, 0).prunes(trial(2, false, 0.5), losses));
        assertFalse(new MedianPruner(1, 0).prunes(trial(2, false, 0.2), losses));
    }

    /** Li et al. (2018), table 1: with most 81 and factor 3, bracket s begins at 3^s steps. */
    @Test
    void rungsAreTheTablesOfThePaper() {
        HalvingPruner pruner = HalvingPruner.hyperband(1, 81, 3);
        assertEquals(5, pruner.brackets());
        assertEquals(List.of(1, 3, 9, 27), pruner.rungs(0));
        assertEquals(List.of(3, 9, 27), pruner.rungs(1));
        assertEquals(List.of(27), pruner.rungs(3));
        assertEquals(List.of(), pruner.rungs(4));
    }

    /** The same table's first row: 81, 34, 15, 8 and 5 trials begin in the brackets. */
    @Test
    void bracketsGetTheSharesOfThePaper() {
        HalvingPruner pruner = HalvingPruner.hyperband(1, 81, 3);
        int[] counts = new int[5];
        for (int trial = 0; trial < 143; trial++) {
            counts[pruner.bracket(trial)]++;
        }
        assertEquals(
                List.of(81, 34, 15, 8, 5),
                java.util.Arrays.stream(counts).boxed().toList());
    }

    @Test
    void atARungOneInThreeGoesOn() {
        HalvingPruner pruner = HalvingPruner.halving(1, 27, 3);
        List<TrialRecord> rung = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rung.add(trial(i, true, i / 10.0));
        }
        History history = new History(rung, Direction.MAXIMISE);
        assertTrue(pruner.prunes(trial(8, false, 0.45), history), "the fourth of nine");
        assertFalse(pruner.prunes(trial(8, false, 0.55), history), "the third of nine");
    }

    @Test
    void betweenRungsNobodyIsStopped() {
        HalvingPruner pruner = HalvingPruner.halving(1, 27, 3);
        History history = history(trial(0, true, 0.9, 0.9, 0.9));
        assertFalse(pruner.prunes(trial(1, false, 0.1, 0.1), history));
        assertTrue(pruner.prunes(trial(1, false, 0.1, 0.1, 0.1), history));
    }
}
