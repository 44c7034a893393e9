package dev.ringside.training.evaluation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A metric's value on some rows, with the interval in which its value on the population lies.
 *
 * @param value what the rows show
 * @param low the interval's lower end; null where there is no interval
 * @param high its upper end; null where {@code low} is
 */
public record Estimate(
        double value, @Nullable Double low, @Nullable Double high) {
    public Estimate {
        if ((low == null) != (high == null) || (low != null && high != null && !(low <= high))) {
            throw new IllegalArgumentException(
                    "interval [" + low + ", " + high + "]: expected both ends in order, or none");
        }
    }

    /** A value without an interval. */
    public static Estimate of(double value) {
        return new Estimate(value, null, null);
    }

    /** As people read it: {@code .7312 [.7105, .7519]} with a zero before the point. */
    @Override
    public String toString() {
        return low == null
                ? String.format(Locale.ROOT, "%.4f", value)
                : String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", value, low, high);
    }
}
