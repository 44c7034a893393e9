package dev.ringside.benchmarks.serving;

import org.jspecify.annotations.Nullable;

/**
 * What a measure should be, on a machine that has nothing else to do.
 *
 * @param atLeast the least; null for none
 * @param atMost the most; null for none
 */
public record Goal(@Nullable Double atLeast, @Nullable Double atMost) {
    /** At least so much. */
    public static Goal atLeast(double least) {
        return new Goal(least, null);
    }

    /** At most so much. */
    public static Goal atMost(double most) {
        return new Goal(null, most);
    }

    /** Such as {@code ≤ 1.3}. */
    public String words() {
        return atLeast != null ? "≥ " + number(atLeast) : atMost != null ? "≤ " + number(atMost) : "";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
