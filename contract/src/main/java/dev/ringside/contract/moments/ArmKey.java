package dev.ringside.contract.moments;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The key under which the units of an arm are counted, whatever their KPIs.
 *
 * @param cohort the start of the bucket of first exposures
 */
public record ArmKey(String experiment, int epoch, String segment, String variant, Instant cohort) {
    /** Refuses what a parser left out. */
    public ArmKey {
        requireNonNull(experiment, "experiment");
        requireNonNull(segment, "segment");
        requireNonNull(variant, "variant");
        requireNonNull(cohort, "cohort");
    }

    /** A text that sorts by its parts; also the record key in {@code kpi-moments}. */
    public String text() {
        return String.join("/", experiment, Integer.toString(epoch), segment, variant, cohort.toString());
    }
}
