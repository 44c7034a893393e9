package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The column that is to be predicted.
 *
 * @param column its name
 * @param kind what kind of values it has
 * @param positive the text of a positive, where a binary label is one of two texts; null where it is 1 or true
 * @param optional whether rows may lack it: NaN stands for one that does
 */
public record Label(String column, Kind kind, @Nullable String positive, boolean optional) {
    /** A label that every row has. */
    public Label(String column, Kind kind, @Nullable String positive) {
        this(column, kind, positive, false);
    }

    /** The same label, which rows may lack. */
    public Label mayBeMissing() {
        return new Label(column, kind, positive, true);
    }

    /** What is predicted of a row. */
    public enum Kind {
        /** Whether it is a positive. */
        BINARY,
        /** A number. */
        NUMBER
    }

    /** A binary label that is 1 or true for positives, else 0 or false. */
    public static Label binary(String column) {
        return new Label(column, Kind.BINARY, null);
    }
}
