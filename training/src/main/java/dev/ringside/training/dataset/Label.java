package dev.ringside.training.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column that is to be predicted.
 *
 * @param column its name
 * @param kind what kind of values it has
 * @param positive the text of a positive, where a binary label is one of two texts; null where it is 1 or true
 * @param classes the texts of the classes, in the order of their scores; none where the label is none of several
 * @param optional whether rows may lack it: NaN stands for one that does
 */
public record Label(String column, Kind kind, @Nullable String positive, List<String> classes, boolean optional) {
    /** Keeps the list as it is. */
    public Label {
        classes = List.copyOf(classes);
    }

    /** A label that every row has, and that is none of several classes. */
    public Label(String column, Kind kind, @Nullable String positive) {
        this(column, kind, positive, List.of(), false);
    }

    /** The same label, which rows may lack. */
    public Label mayBeMissing() {
        return new Label(column, kind, positive, classes, true);
    }

    /** How many scores a row has. */
    public int scores() {
        return kind == Kind.CLASSES ? classes.size() : 1;
    }

    /** What is predicted of a row. */
    public enum Kind {
        /** Whether it is a positive. */
        BINARY,
        /** A number. */
        NUMBER,
        /** One of several classes. */
        CLASSES
    }

    /** A binary label that is 1 or true for positives, else 0 or false. */
    public static Label binary(String column) {
        return new Label(column, Kind.BINARY, null);
    }
}
