package dev.ringside.training.validation;

/**
 * The numbers from one to another, both part of it.
 *
 * @param least the least
 * @param greatest the greatest, not below the least
 */
public record Range(double least, double greatest) {
    public Range {
        if (!(least <= greatest)) {
            throw new IllegalArgumentException(
                    "expected two numbers in order, found [" + least + ", " + greatest + "]");
        }
    }

    /** Whether a number is in it, both taken as FP32 where the column is. */
    boolean holds(double value, boolean single) {
        return single
                ? (float) value >= (float) least && (float) value <= (float) greatest
                : value >= least && value <= greatest;
    }

    String words(boolean single) {
        return "[" + Words.number(least, single) + ", " + Words.number(greatest, single) + "]";
    }
}
