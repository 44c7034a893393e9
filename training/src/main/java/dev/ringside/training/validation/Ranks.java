package dev.ringside.training.validation;

import java.util.Arrays;

/** The ranks of numbers, equal ones sharing the mean of theirs. */
final class Ranks {
    private Ranks() {}

    static double[] of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        Arrays.setAll(ranks, i -> (first(sorted, values[i], false) + first(sorted, values[i], true) - 1) / 2.0);
        return ranks;
    }

    /** The first place whose value is at least as great, or greater. */
    private static int first(double[] sorted, double value, boolean greater) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Double.compare(sorted[middle], value);
            if (order < 0 || (greater && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The square of the correlation of two columns (Pearson); 0 where one of them is constant. */
    static double squaredCorrelation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? 0 : StrictMath.min(1, xy * xy / (xx * yy));
    }
}
