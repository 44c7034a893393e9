package dev.ringside.training.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How far columns may move from the training part to those after it, and to what a platform is asked.
 *
 * @param limits of every column
 * @param bins how many bins of about equally many training rows a number has, 2 or more
 * @param columns the limits of columns that have their own
 * @param allowed columns that may move as far as they do, with the reason
 * @param log what the platform was asked lately; null where the training part is held beside no log
 */
public record DriftSettings(
        DriftLimits limits,
        int bins,
        SequencedMap<String, DriftLimits> columns,
        SequencedMap<String, String> allowed,
        @Nullable ServingLog log) {
    /** Bins where a document says nothing. */
    public static final int BINS = 10;

    /** Only measures. */
    public static final DriftSettings MEASURE = new DriftSettings(
            new DriftLimits(null, null, null, null), BINS, new LinkedHashMap<>(), new LinkedHashMap<>());

    /** Held beside no log. */
    public DriftSettings(
            DriftLimits limits,
            int bins,
            SequencedMap<String, DriftLimits> columns,
            SequencedMap<String, String> allowed) {
        this(limits, bins, columns, allowed, null);
    }

    public DriftSettings {
        columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
        allowed = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(allowed));
        if (bins < 2) {
            throw new IllegalArgumentException("bins is " + bins + ", expected 2 or more");
        }
    }

    DriftLimits of(String column) {
        return allowed.containsKey(column)
                ? new DriftLimits(null, null, null, null)
                : columns.getOrDefault(column, limits);
    }
}
