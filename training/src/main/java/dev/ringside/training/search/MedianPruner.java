package dev.ringside.training.search;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier", 3.2.2): a trial is stopped at a step if its best value
 * so far is worse than the median of the running averages, up to that step, of the trials that ended well.
 *
 * @param startup how many trials must have ended well first
 * @param warmUp how many steps every trial has
 */
record MedianPruner(int startup, int warmUp) implements Pruner {
    @Override
    public boolean prunes(TrialRecord trial, History history) {
        int step = trial.reports().getLast().step();
        if (step <= warmUp || history.finished().size() < startup) {
            return false;
        }
        double[] averages = history.finished().stream()
                .flatMapToDouble(other -> average(other.reports(), step, history.direction()))
                .sorted()
                .toArray();
        double best = losses(trial.reports(), step, history.direction()).min().orElseThrow();
        return averages.length > 0 && best > median(averages);
    }

    private static DoubleStream average(List<TrialRecord.Report> reports, int step, Direction direction) {
        return losses(reports, step, direction).average().stream();
    }

    private static DoubleStream losses(List<TrialRecord.Report> reports, int step, Direction direction) {
        return reports.stream()
                .filter(report -> report.step() <= step)
                .mapToDouble(report -> direction.loss(report.value()));
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }
}
