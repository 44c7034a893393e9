package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The metrics of probabilities of several classes. */
final class MultiClass {
    private MultiClass() {}

    /** {@code macro_auc}, {@code log_loss} and {@code accuracy}; the first is left out where a class has no rows. */
    static Map<String, Estimate> estimates(ClassifiedRows rows, Bootstrap bootstrap) {
        double[] hits = new double[rows.size()];
        for (int row = 0; row < hits.length; row++) {
            hits[row] = likeliest(rows.probabilities()[row]) == rows.labels()[row] ? 1 : 0;
        }
        double[] weights = RowArrays.weights(rows);
        List<Estimate> found =
                bootstrap.estimates(weights, null, List.of(Statistic.mean(LogLoss.losses(rows)), Statistic.mean(hits)));
        Map<String, Estimate> metrics = new TreeMap<>();
        metrics.put("log_loss", found.get(0));
        metrics.put("accuracy", found.get(1));
        macroAuc(rows, bootstrap.level()).ifPresent(area -> metrics.put("macro_auc", area));
        return metrics;
    }

    private static int likeliest(double[] probabilities) {
        int likeliest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
        }
        return likeliest;
    }

    /**
     * The plain mean of each class's area against all others (Hand and Till 2001 call it a macro average). A row adds
     * to every class's area, so its influences are averaged before they are squared.
     */
    private static Optional<Estimate> macroAuc(ClassifiedRows rows, double level) {
        List<Optional<Auc>> areas = IntStream.range(0, rows.classes())
                .mapToObj(each -> Auc.of(rows.oneAgainstRest(each)))
                .toList();
        if (areas.isEmpty() || areas.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Auc> found = areas.stream().map(Optional::orElseThrow).toList();
        double mean = found.stream().mapToDouble(Auc::value).average().orElseThrow();
        if (found.stream().anyMatch(area -> Double.isInfinite(area.variance()))) {
            return Optional.of(new Estimate(mean, 0.0, 1.0));
        }
        double variance = 0;
        for (int row = 0; row < rows.size(); row++) {
            double influence = 0;
            for (Auc area : found) {
                influence += area.influence(row) / found.size();
            }
            variance += influence * influence;
        }
        double half = Normal.halfWidth(level) * StrictMath.sqrt(variance);
        return Optional.of(new Estimate(mean, StrictMath.max(0, mean - half), StrictMath.min(1, mean + half)));
    }
}
