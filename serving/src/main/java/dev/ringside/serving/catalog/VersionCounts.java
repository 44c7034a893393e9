package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.time.Duration;
import java.util.Map;

/**
 * What a version was asked and what became of it, since this process first had it.
 *
 * @param slot the slot
 * @param version the version
 * @param answered requests that it answered
 * @param answering how long those took, waiting included
 * @param failed requests that it did not answer, by every cause
 * @param runs how often its file was run to the end
 * @param rows the rows of those runs
 * @param running how long those runs took
 * @param waiting requests that wait for a run, now
 */
public record VersionCounts(
        String slot,
        String version,
        long answered,
        Duration answering,
        Map<Cause, Long> failed,
        long runs,
        long rows,
        Duration running,
        long waiting) {
    /** Copies the map. */
    public VersionCounts {
        failed = Map.copyOf(failed);
    }
}
