package dev.ringside.training.evaluation;

import java.util.function.DoubleUnaryOperator;

/** What is computed of weighted rows, with how far each row moves it. */
public interface Statistic {
    /**
     * The value where row i counts {@code weights[i]}.
     *
     * @return NaN where it is not defined
     */
    double of(double[] weights);

    /** Each row's influence: its weight times the value's derivative by that weight; the sum is 0. */
    double[] influence(double[] weights);

    /** The weighted mean of one value a row. */
    static Statistic mean(double[] values) {
        return functionOfMean(values, mean -> mean, _ -> 1);
    }

    /**
     * A function of the weighted mean of one value a row.
     *
     * @param function of the mean
     * @param slope its derivative
     */
    static Statistic functionOfMean(double[] values, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
        return new Statistic() {
            @Override
            public double of(double[] weights) {
                return function.applyAsDouble(RowArrays.mean(values, weights));
            }

            @Override
            public double[] influence(double[] weights) {
                double mean = RowArrays.mean(values, weights);
                double scale = slope.applyAsDouble(mean) / RowArrays.sum(weights);
                double[] influence = new double[values.length];
                for (int row = 0; row < influence.length; row++) {
                    influence[row] = weights[row] * (values[row] - mean) * scale;
                }
                return influence;
            }
        };
    }
}
