package dev.ringside.training.validation;

import dev.ringside.training.split.Shuffle;

/**
 * The mean label of a row's group in the other folds. A group that only this row is in has nothing there and is given the
 * mean of all others, so that the name of a row tells nothing of its label.
 */
final class OutOfFold {
    private static final int FOLDS = 5;

    /** In rows; so little that it decides only between groups that are as pure. */
    private static final double DRAWN_TO_ALL = 0.1;

    private OutOfFold() {}

    /**
     * The means, one a row, each drawn to the mean of all by a tenth of a row.
     *
     * @param groups of each row, from 0
     * @param count how many groups there are
     * @param seed where the folds come from
     */
    static double[] means(int[] groups, int count, double[] labels, long seed) {
        double[][] sums = new double[FOLDS + 1][count];
        double[][] rows = new double[FOLDS + 1][count];
        double[] sum = new double[FOLDS + 1];
        double[] size = new double[FOLDS + 1];
        int[] folds = new int[groups.length];
        for (int row = 0; row < groups.length; row++) {
            folds[row] = (int) Long.remainderUnsigned(Shuffle.mix(Shuffle.mix(seed) + row), FOLDS);
            for (int fold : new int[] {folds[row], FOLDS}) {
                sums[fold][groups[row]] += labels[row];
                rows[fold][groups[row]]++;
                sum[fold] += labels[row];
                size[fold]++;
            }
        }
        double[] means = new double[groups.length];
        for (int row = 0; row < means.length; row++) {
            int fold = folds[row];
            int group = groups[row];
            double others = (sum[FOLDS] - sum[fold]) / StrictMath.max(1, size[FOLDS] - size[fold]);
            means[row] = (sums[FOLDS][group] - sums[fold][group] + DRAWN_TO_ALL * others)
                    / (rows[FOLDS][group] - rows[fold][group] + DRAWN_TO_ALL);
        }
        return means;
    }
}
