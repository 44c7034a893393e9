package dev.ringside.training.evaluation;

import org.jspecify.annotations.Nullable;

/** Rows of which both the truth and a model's answer are known. */
public sealed interface Judged permits ScoredRows, PredictedRows, ClassifiedRows {
    /** How many rows there are. */
    int size();

    /** What each row counts; null where all count 1. */
    double @Nullable [] weights();

    /** Some of the rows, in the order of {@code rows}. */
    Judged select(int[] rows);
}
