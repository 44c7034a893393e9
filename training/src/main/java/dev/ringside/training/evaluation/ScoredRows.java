package dev.ringside.training.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Rows with a yes or no and a score for it.
 *
 * @param labels whether the row is a positive
 * @param scores finite; a probability where a metric of probabilities is asked for
 * @param weights what each row counts, none below 0; null where all count 1
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record ScoredRows(boolean[] labels, double[] scores, double @Nullable [] weights) implements Judged {
    public ScoredRows {
        RowArrays.requireLength("score", scores.length, "label", labels.length);
        RowArrays.requireNumbers("score", scores);
        RowArrays.requireWeights(weights, labels.length);
    }

    /** Rows that count alike. */
    public ScoredRows(boolean[] labels, double[] scores) {
        this(labels, scores, null);
    }

    @Override
    public int size() {
        return labels.length;
    }

    /** How many rows are positives. */
    public long positives() {
        long positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        return positives;
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The same rows scored by another model. */
    public ScoredRows scoredBy(double[] others) {
        return new ScoredRows(labels, others, weights);
    }

    @Override
    public ScoredRows select(int[] rows) {
        boolean[] chosen = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = labels[rows[i]];
        }
        return new ScoredRows(chosen, RowArrays.select(scores, rows), RowArrays.selectWeights(weights, rows));
    }
}
