package dev.ringside.training.evaluation;

/**
 * What acting on a score is worth: whoever scores above the threshold is acted on.
 *
 * @param name the metric's name, such as {@code warning_value}
 * @param threshold the score above which one acts, 0 to 1
 * @param right what acting on a positive is worth
 * @param wrong what acting on a negative is worth
 */
public record PayOff(String name, double threshold, double right, double wrong) {
    /** The mean over all rows, those not acted on being worth nothing. */
    public double of(ScoredRows rows) {
        return RowArrays.mean(values(rows), RowArrays.weights(rows));
    }

    /** What each row is worth. */
    public double[] values(ScoredRows rows) {
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            if (rows.scores()[row] > threshold) {
                values[row] = rows.labels()[row] ? right : wrong;
            }
        }
        return values;
    }
}
