package dev.ringside.training.evaluation;

/** Mean squared distance between a probability and what happened, 1 or 0 (Brier 1950). */
final class Brier {
    private Brier() {}

    static double of(ScoredRows rows) {
        return RowArrays.mean(losses(rows), RowArrays.weights(rows));
    }

    /** The squared distance of each row. */
    static double[] losses(ScoredRows rows) {
        double[] losses = new double[rows.size()];
        for (int row = 0; row < losses.length; row++) {
            double error = (rows.labels()[row] ? 1 : 0) - rows.scores()[row];
            losses[row] = error * error;
        }
        return losses;
    }
}
