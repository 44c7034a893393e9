package dev.ringside.experiments.experiment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An earlier run of a region that was started again, as it ended.
 *
 * @param firstEpoch the first epoch of its last comparison
 * @param startedAt when that comparison began, event time
 * @param state how the region stood when it was started again
 * @param ending how it ended
 * @param proof what was proven; null if nothing was
 * @param holdback what kept the old champion for some behind its promotion; null if nothing did
 */
public record PastRun(
        int firstEpoch,
        Instant startedAt,
        String state,
        Ending ending,
        @Nullable Proof proof,
        @Nullable Holdback holdback) {
    static PastRun of(
            Region.Running last, String state, Ending ending, @Nullable Proof proof, @Nullable Holdback holdback) {
        RowEpoch first = last.comparison().getFirst();
        return new PastRun(first.epoch(), first.openedAt(), state, ending, proof, holdback);
    }
}
