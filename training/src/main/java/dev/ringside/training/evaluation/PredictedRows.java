package dev.ringside.training.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Rows with a number and a prediction of it.
 *
 * @param labels the numbers, finite
 * @param predictions of them, finite
 * @param weights what each row counts, none below 0; null where all count 1
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record PredictedRows(double[] labels, double[] predictions, double @Nullable [] weights) implements Judged {
    public PredictedRows {
        RowArrays.requireLength("prediction", predictions.length, "label", labels.length);
        RowArrays.requireNumbers("label", labels);
        RowArrays.requireNumbers("prediction", predictions);
        RowArrays.requireWeights(weights, labels.length);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public PredictedRows select(int[] rows) {
        return new PredictedRows(
                RowArrays.select(labels, rows),
                RowArrays.select(predictions, rows),
                RowArrays.selectWeights(weights, rows));
    }
}
