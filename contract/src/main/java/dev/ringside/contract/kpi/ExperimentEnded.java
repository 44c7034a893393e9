package dev.ringside.contract.kpi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Of these epochs nothing will be asked any more: no row routes to them, no look will be made of them. Published in the
 * topic {@code routing} under {@code ended/EXPERIMENT/EPOCH}, so that whoever keeps something for the life of an experiment can
 * let go of it.
 *
 * @param experiment the name under which it was counted
 * @param throughEpoch this epoch and all before it
 * @param at when it was said, by the clock of events
 */
public record ExperimentEnded(String experiment, int throughEpoch, Instant at) {
    /** Begins the record's key. */
    public static final String KEY = "ended/";

    /** Refuses what a parser left out. */
    public ExperimentEnded {
        requireNonNull(experiment, "experiment");
        requireNonNull(at, "at");
    }
}
