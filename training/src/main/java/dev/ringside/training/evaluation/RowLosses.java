package dev.ringside.training.evaluation;

/** The loss of each row, whose mean a learner makes small: log loss, or the squared error of a number. */
public final class RowLosses {
    private RowLosses() {}

    /** One loss a row. */
    public static double[] of(Judged judged) {
        return switch (judged) {
            case ScoredRows rows -> LogLoss.losses(rows);
            case ClassifiedRows rows -> LogLoss.losses(rows);
            case PredictedRows rows -> squares(rows);
        };
    }

    /** The squared error of each row. */
    static double[] squares(PredictedRows rows) {
        double[] squares = new double[rows.size()];
        for (int row = 0; row < squares.length; row++) {
            double error = rows.predictions()[row] - rows.labels()[row];
            squares[row] = error * error;
        }
        return squares;
    }
}
