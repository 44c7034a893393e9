package dev.ringside.training.evaluation;

import dev.ringside.training.evaluation.Bootstrap.Statistic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of predicted numbers. */
final class Regression {
    private Regression() {}

    /** {@code rmse}, {@code mae} and {@code r_squared}; the last is left out where all labels are equal. */
    static Map<String, Estimate> estimates(PredictedRows rows, Bootstrap bootstrap) {
        double[] squares = RowLosses.squares(rows);
        double[] distances = Arrays.stream(squares).map(StrictMath::sqrt).toArray();
        Statistic root = weights -> StrictMath.sqrt(RowArrays.mean(squares, weights));
        Statistic explained = weights -> {
            double all = variance(rows.labels(), weights);
            return all == 0 ? Double.NaN : 1 - RowArrays.mean(squares, weights) / all;
        };
        List<Estimate> found =
                bootstrap.estimates(RowArrays.weights(rows), null, List.of(root, Statistic.mean(distances), explained));
        Map<String, Estimate> metrics = new TreeMap<>();
        metrics.put("rmse", found.get(0));
        metrics.put("mae", found.get(1));
        if (!Double.isNaN(found.get(2).value())) {
            metrics.put("r_squared", found.get(2));
        }
        return metrics;
    }

    private static double variance(double[] values, double[] weights) {
        double mean = RowArrays.mean(values, weights);
        double sum = 0;
        double total = 0;
        for (int row = 0; row < values.length; row++) {
            sum += weights[row] * (values[row] - mean) * (values[row] - mean);
            total += weights[row];
        }
        return sum / total;
    }
}
