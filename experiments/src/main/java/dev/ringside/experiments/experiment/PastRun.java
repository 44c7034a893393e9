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
 */
public record PastRun(
        int firstEpoch,
        Instant startedAt,
        String state,
        Ending ending,
        @Nullable Proof proof) {
    static PastRun of(Region.Running last, String state, Ending ending, @Nullable Proof proof) {
        RowEpoch first = last.comparison().getFirst();
        return new PastRun(first.epoch(), first.openedAt(), state, ending, proof);
    }
}
