package dev.ringside.training.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model scored on one part of the data, or on one segment of it.
 *
 * @param part such as {@code test}
 * @param segment such as {@code SLC}; null for all rows
 * @param rows how many rows were judged
 * @param positives how many of them are positives; null where there is no yes or no
 * @param metrics by name; what is not defined is left out
 */
public record PartReport(
        String part,
        @Nullable String segment,
        long rows,
        @Nullable Long positives,
        Map<String, Estimate> metrics) {
    public PartReport {
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
}
