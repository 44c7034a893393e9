package dev.ringside.training.trees;

import dev.ringside.training.learning.Examples;
import java.util.Arrays;

/**
 * The loss of Huber (1964) over some rows: e² of errors up to δ, 2δ|e| − δ² beyond. As its second derivative is 0 beyond
 * δ, trees take in its place that of the parabola that touches it at the present error and lies above it everywhere else, δ/|e|
 * of the square's (iteratively reweighted least squares, Holland and Welsch 1977): a leaf's value is then the weighted
 * mean of its rows' errors, and no step goes too far.
 *
 * @param delta δ, in the label's unit
 * @param rows whose targets are numbers
 */
record HuberLoss(double delta, Examples rows) {
    /** Where trees begin: the median, which no outlier moves. */
    float median() {
        double[] sorted = rows.targets().clone();
        Arrays.sort(sorted);
        return (float) sorted[sorted.length / 2];
    }

    /**
     * Half of each row's derivatives.
     *
     * @param sums what the trees so far say of each row
     * @param first takes the first derivatives
     * @param second takes the second ones
     */
    void derivatives(float[] sums, float[] first, float[] second) {
        for (int row = 0; row < sums.length; row++) {
            double error = sums[row] - rows.targets()[row];
            double weight = rows.weight(row) * delta / Math.max(Math.abs(error), delta);
            first[row] = (float) (weight * error);
            second[row] = (float) weight;
        }
    }

    /** The mean over the rows. */
    double mean(float[] sums) {
        double total = 0;
        double counted = 0;
        for (int row = 0; row < sums.length; row++) {
            double error = Math.abs(sums[row] - rows.targets()[row]);
            double loss = error <= delta ? error * error : delta * (2 * error - delta);
            total += rows.weight(row) * loss;
            counted += rows.weight(row);
        }
        return total / counted;
    }
}
