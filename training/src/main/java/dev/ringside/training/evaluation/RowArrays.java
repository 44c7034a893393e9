package dev.ringside.training.evaluation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Arrays with one element a row: what is asked of them, and a choice of their rows. */
final class RowArrays {
    private RowArrays() {}

    static void requireLength(String what, int found, String of, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    what + " has " + found + " rows where " + of + " has " + expected + ", expected as many");
        }
    }

    static void requireNumbers(String what, double[] values) {
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw new IllegalArgumentException(
                        what + " of row " + row + " is " + values[row] + ", expected a finite number");
            }
        }
    }

    static void requireWeights(double @Nullable [] weights, int rows) {
        if (weights == null) {
            return;
        }
        requireLength("weight", weights.length, "label", rows);
        requireNumbers("weight", weights);
        double sum = 0;
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] < 0) {
                throw new IllegalArgumentException(
                        "weight of row " + row + " is " + weights[row] + ", expected none below 0");
            }
            sum += weights[row];
        }
        if (rows > 0 && sum == 0) {
            throw new IllegalArgumentException("all weights are 0, expected some row to count");
        }
    }

    static double[] select(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    static double @Nullable [] selectWeights(double @Nullable [] weights, int[] rows) {
        return weights == null ? null : select(weights, rows);
    }

    /** The weights, ones where there are none. */
    static double[] weights(Judged rows) {
        double[] weights = rows.weights();
        if (weights != null) {
            return weights;
        }
        double[] ones = new double[rows.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    static double mean(double[] values, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < values.length; row++) {
            sum += weights[row] * values[row];
            total += weights[row];
        }
        return sum / total;
    }
}
