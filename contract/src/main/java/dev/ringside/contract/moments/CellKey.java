package dev.ringside.contract.moments;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The key under which moments are summed, and the unit of closing.
 *
 * @param cohort the start of the bucket of first exposures: a day, or an hour where the window is shorter than an hour
 */
public record CellKey(String experiment, int epoch, String segment, String variant, String kpi, Instant cohort) {
    /** Refuses what a parser left out. */
    public CellKey {
        requireNonNull(experiment, "experiment");
        requireNonNull(segment, "segment");
        requireNonNull(variant, "variant");
        requireNonNull(kpi, "kpi");
        requireNonNull(cohort, "cohort");
    }

    /** A text that sorts by its parts; also the record key in {@code kpi-moments}. */
    public String text() {
        return String.join("/", experiment, Integer.toString(epoch), segment, variant, kpi, cohort.toString());
    }
}
