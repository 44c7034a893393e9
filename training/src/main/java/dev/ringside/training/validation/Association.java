package dev.ringside.training.validation;

import org.jspecify.annotations.Nullable;

/**
 * How much one feature by itself tells of the label in the training part.
 *
 * @param feature its name
 * @param measure {@code auc} of a yes or no, or of the class that it knows best; {@code r_squared} of a number
 * @param value the measure, the greatest of those that were tried
 * @param by what was tried when it was the greatest, in words
 * @param limit from which on it is not believed
 * @param allowed why it may be beyond the limit; null where nobody said so
 */
public record Association(
        String feature,
        String measure,
        double value,
        String by,
        double limit,
        @Nullable String allowed) {
    /** Whether it stops the training. */
    public boolean leaks() {
        return value >= limit && allowed == null;
    }

    /** The complaint as a sentence. */
    String words() {
        return "leaks: feature '" + feature + "' by itself predicts the label with "
                + (measure.equals("auc") ? "an AUC" : "an R²") + " of " + Words.figure(value) + " (" + by
                + ") on the training part, where less than " + Words.number(limit, false)
                + " is believed: it is the label, a copy, or known after it. Leave it out, say when it is known"
                + " (known_after), or why it may tell as much (leaks.allow)";
    }
}
