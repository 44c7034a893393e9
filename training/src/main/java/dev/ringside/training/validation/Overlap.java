package dev.ringside.training.validation;

import org.jspecify.annotations.Nullable;

/**
 * How many rows of a part stand in the training part too, with the same features and the same label.
 *
 * @param part its name
 * @param rows how many do
 * @param of how many rows the part has
 * @param limit the greatest share that may; null for any
 */
public record Overlap(
        String part, int rows, int of, @Nullable Double limit) {
    /** The share of the part. */
    public double share() {
        return of == 0 ? 0 : (double) rows / of;
    }

    /** Whether it stops the training. */
    public boolean leaks() {
        return limit != null && share() > limit;
    }

    /** The complaint as a sentence. */
    String words() {
        return "leaks: " + rows + " of " + of + " rows of the " + part + " part (" + Words.percent(share())
                + ") stand in the training part too, with the same label, where at most "
                + Words.share(limit == null ? 1 : limit)
                + " are expected (leaks.overlap): leave repeated rows out in the"
                + " source query, or keep them on one side (split: {kind: grouped})";
    }
}
