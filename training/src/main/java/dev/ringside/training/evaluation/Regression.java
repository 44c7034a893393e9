package dev.ringside.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of predicted numbers. */
public final class Regression {
    private Regression() {}

    /** {@code rmse}, {@code mae} and {@code r_squared}; the last is left out where all labels are equal. */
    public static Map<String, Estimate> estimates(PredictedRows rows, Bootstrap bootstrap) {
        double[] squares = RowLosses.squares(rows);
        double[] distances = Arrays.stream(squares).map(StrictMath::sqrt).toArray();
        Statistic root = Statistic.functionOfMean(squares, StrictMath::sqrt, mean -> 0.5 / StrictMath.sqrt(mean));
        Statistic explained = new VarianceExplained(rows.labels(), squares);
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

    /**
     * R², one less the ratio of the mean squared error to the labels' variance.
     *
     * @param squares the squared error of each row
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
    record VarianceExplained(double[] labels, double[] squares) implements Statistic {
        @Override
        public double of(double[] weights) {
            double all = RowArrays.mean(deviations(weights), weights);
            return all == 0 ? Double.NaN : 1 - RowArrays.mean(squares, weights) / all;
        }

        @Override
        public double[] influence(double[] weights) {
            double[] deviations = deviations(weights);
            double all = RowArrays.mean(deviations, weights);
            double ratio = RowArrays.mean(squares, weights) / all;
            double scale = 1 / all / RowArrays.sum(weights);
            double[] influence = new double[squares.length];
            for (int row = 0; row < influence.length; row++) {
                influence[row] = weights[row] * (ratio * deviations[row] - squares[row]) * scale;
            }
            return influence;
        }

        /** Squared distances from the mean label. */
        private double[] deviations(double[] weights) {
            double mean = RowArrays.mean(labels, weights);
            return Arrays.stream(labels)
                    .map(label -> (label - mean) * (label - mean))
                    .toArray();
        }
    }
}
