package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.run.Ending.How;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.decision.KpiResult.Estimate;
import dev.ringside.experiments.decision.KpiResult.Interval;
import java.util.List;

/**
 * What is kept of one run. A run of several regions is promoted, rolled back or paused if one of them is.
 *
 * @param promoted whether the challenger was promoted
 * @param rolledBack whether harm was found proven
 * @param undone whether a promotion was rolled back because of those held back behind it
 * @param paused whether the units' ratio raised an alarm
 * @param rollBackDay the first day on which harm was found, 1 for the first closing; 0 for never
 * @param intervals how many intervals were shown at a stop
 * @param covering how many of them hold the truth
 * @param estimated how many endings have an estimate
 * @param information fractions of the planned information at those, summed
 * @param shown how many estimates were shown with a promotion, or with a roll-back where the effect is harmful
 * @param shownSum their sum
 */
record Run(
        boolean promoted,
        boolean rolledBack,
        boolean undone,
        boolean paused,
        int rollBackDay,
        int intervals,
        int covering,
        int estimated,
        double information,
        int shown,
        double shownSum) {

    /**
     * Sums up a run.
     *
     * @param truth the true difference; NaN for none
     * @param effect in minimum effects
     */
    static Run of(List<Ending> endings, double truth, double effect) {
        int day = 0;
        int intervals = 0;
        int covering = 0;
        int estimated = 0;
        double information = 0;
        int shown = 0;
        double shownSum = 0;
        How stop = effect < 0 ? How.ROLLED_BACK : How.PROMOTED;
        for (Ending ending : endings) {
            KpiResult primary = ending.primary();
            if (ending.how() == How.ROLLED_BACK) {
                day = day == 0 ? ending.day() : Math.min(day, ending.day());
            }
            if (ending.how() == How.PAUSED || ending.how() == How.UNDONE) {
                continue;
            }
            Interval interval = primary.interval();
            if (interval != null && !Double.isNaN(truth)) {
                intervals++;
                covering += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
            }
            Estimate estimate = primary.estimate();
            if (estimate != null && estimate.fraction() != null) {
                estimated++;
                information += estimate.fraction();
                if (ending.how() == stop) {
                    Double median = primary.medianUnbiased();
                    shown++;
                    shownSum += median == null ? estimate.difference() : median;
                }
            }
        }
        return new Run(
                any(endings, How.PROMOTED),
                any(endings, How.ROLLED_BACK),
                any(endings, How.UNDONE),
                any(endings, How.PAUSED),
                day,
                intervals,
                covering,
                estimated,
                information,
                shown,
                shownSum);
    }

    private static boolean any(List<Ending> endings, How how) {
        return endings.stream().anyMatch(ending -> ending.how() == how);
    }
}
