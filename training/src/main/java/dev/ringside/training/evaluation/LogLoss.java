package dev.ringside.training.evaluation;

/** Mean of −ln of the probability that was given to what happened. */
public final class LogLoss {
    /** The distance from 0 and 1 at which probabilities are held, so that one certain error is not infinite. */
    private static final double FLOOR = 0x1p-52;

    private LogLoss() {}

    public static double of(ScoredRows rows) {
        return RowArrays.mean(losses(rows), RowArrays.weights(rows));
    }

    /** The loss of each row. */
    static double[] losses(ScoredRows rows) {
        double[] losses = new double[rows.size()];
        for (int row = 0; row < losses.length; row++) {
            double p = rows.scores()[row];
            losses[row] = loss(rows.labels()[row] ? p : 1 - p);
        }
        return losses;
    }

    /** The loss of each row. */
    static double[] losses(ClassifiedRows rows) {
        double[] losses = new double[rows.size()];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = loss(rows.probabilities()[row][rows.labels()[row]]);
        }
        return losses;
    }

    private static double loss(double probability) {
        return -StrictMath.log(Math.clamp(probability, FLOOR, 1 - FLOOR));
    }
}
