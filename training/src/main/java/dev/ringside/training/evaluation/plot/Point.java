package dev.ringside.training.evaluation.plot;

import org.jspecify.annotations.Nullable;

/**
 * One point of a line, in the axes' units.
 *
 * @param x where
 * @param y how much
 * @param low the lower end of y's interval; null for none
 * @param high its upper end; null for none
 * @param name written beside it; null for none
 */
public record Point(
        double x,
        double y,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable String name) {
    public Point(double x, double y) {
        this(x, y, null, null, null);
    }

    /** One with an interval of y. */
    public Point(double x, double y, @Nullable Double low, @Nullable Double high) {
        this(x, y, low, high, null);
    }

    /** One with its name. */
    public static Point named(double x, double y, String name) {
        return new Point(x, y, null, null, name);
    }
}
