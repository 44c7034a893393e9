package dev.ringside.training.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        MacroAuc.of(rows, 1)
                .filter(area -> area.classes() == rows.classes())
                .ifPresent(area -> metrics.put("macro_auc", area.plainInterval(bootstrap.level())));
        return metrics;
    }

    private static int likeliest(double[] probabilities) {
        int likeliest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
        }
        return likeliest;
    }
}
