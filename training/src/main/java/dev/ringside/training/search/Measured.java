package dev.ringside.training.search;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a trial comes to.
 *
 * @param value of the metric that is searched by, on validation data
 * @param metrics what else is worth keeping, by name
 * @param digest SHA-256 of what was trained; null if nothing is kept
 */
public record Measured(
        double value, Map<String, Double> metrics, @Nullable String digest) {
    public Measured {
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /** The value alone. */
    public static Measured of(double value) {
        return new Measured(value, Map.of(), null);
    }
}
