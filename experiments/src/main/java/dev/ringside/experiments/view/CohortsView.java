package dev.ringside.experiments.view;

import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.PastRun;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.look.CohortCurve;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run's effect went by the week of the first exposure, and how it went on behind its promotion.
 *
 * @param kpi the primary KPI
 * @param comparison of both arms while they were compared
 * @param holdback of the new champion with those who kept the old one; null if nobody did
 */
public record CohortsView(
        String kpi, CohortCurve comparison, @Nullable CohortCurve holdback) {

    /**
     * The curves of a run.
     *
     * @param run its number; null for the present one
     */
    public static CohortsView of(Tx tx, Experiment experiment, Region region, @Nullable Long run) {
        Holdback holdback = holdback(region, run);
        return new CohortsView(
                experiment.document().primary().name(),
                curve(tx, experiment, region, StandingView.firstEpoch(region, run)),
                holdback == null
                        ? null
                        : curve(tx, experiment, region, holdback.epoch().epoch()));
    }

    private static CohortCurve curve(Tx tx, Experiment experiment, Region region, int firstEpoch) {
        return CohortCurve.of(
                LookStore.closings(tx, experiment.name(), region.segment(), firstEpoch),
                experiment.document().primary());
    }

    private static @Nullable Holdback holdback(Region region, @Nullable Long run) {
        Region.Running ran = region.ran();
        List<PastRun> earlier = ran == null ? List.of() : ran.earlier();
        return run == null || run > earlier.size()
                ? region.holdback()
                : earlier.get((int) (run - 1)).holdback();
    }
}
