package dev.ringside.training.split;

/**
 * How rows are shared out, first to last.
 *
 * @param train share of the rows that teach, above 0
 * @param validation share of those that tell when to stop, 0 for none
 * @param test share of those that only measure, above 0
 */
public record Shares(double train, double validation, double test) {
    /** Checks that they are shares of one whole. */
    public Shares {
        if (!(train > 0) || !(validation >= 0) || !(test > 0)) {
            throw new IllegalArgumentException("expected train and test above 0 and validation of 0 or more, found "
                    + train + ", " + test + " and " + validation);
        }
        if (Math.abs(train + validation + test - 1) > 1e-9) {
            throw new IllegalArgumentException(
                    "expected shares that are 1 together, found " + (train + validation + test));
        }
    }

    /** The part of whoever is at a place, from 0 to 1. */
    Part of(double place) {
        if (place < train) {
            return Part.TRAIN;
        }
        return place < train + validation ? Part.VALIDATION : Part.TEST;
    }
}
