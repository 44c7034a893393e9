package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Which rows teach, which ones tell when to stop, and which ones only measure; each later than the one before.
 *
 * @param train the rows that the model is fitted to
 * @param validation the rows that early stopping watches; null for a learner that has no need of it
 * @param test the rows that the metrics are computed on, and nothing else
 */
public record Split(Period train, @Nullable Period validation, Period test) {
    /** Checks the order. */
    public Split {
        if (validation != null && validation.from().isBefore(train.to())) {
            throw new IllegalArgumentException(
                    "validation begins at " + validation.from() + ", before train ends at " + train.to());
        }
        Period before = validation == null ? train : validation;
        if (test.from().isBefore(before.to())) {
            throw new IllegalArgumentException("test begins at " + test.from() + ", before "
                    + (validation == null ? "train" : "validation") + " ends at " + before.to());
        }
    }
}
