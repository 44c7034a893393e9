package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version was asked and what became of it, since this process first had it.
 *
 * @param slot the slot
 * @param version the version
 * @param failed requests that it did not answer, by every cause
 * @param runs how often its file was run to the end with a request of this version
 * @param rows the rows of this version's requests in those runs
 * @param waiting requests that wait for a run, now
 * @param mayWait how many may wait, now, of all versions of the same file together; 0 while it does not answer
 * @param stages how long requests took
 * @param batches the runs by the rows of their batch, which other versions of the same file may share
 * @param requests how long the answered requests took, waiting included
 * @param waits how long requests waited for their runs
 * @param sinceLast how long ago it answered last; null for never
 */
public record VersionCounts(
        String slot,
        String version,
        Map<Cause, Long> failed,
        long runs,
        long rows,
        long waiting,
        int mayWait,
        Stages stages,
        List<Batch> batches,
        Distribution requests,
        Distribution waits,
        @Nullable Duration sinceLast) {
    /** Copies the collections. */
    public VersionCounts {
        failed = Map.copyOf(failed);
        batches = List.copyOf(batches);
    }

    /** How many requests it answered. */
    public long answered() {
        return stages.answered().count();
    }

    /**
     * How often something happened, and how long that took together.
     *
     * @param count how often
     * @param time how long
     */
    public record Timed(long count, Duration time) {
        /** Never. */
        public static final Timed NONE = new Timed(0, Duration.ZERO);
    }

    /**
     * How long something took, by classes.
     *
     * @param bounds the upper bounds of the classes, growing; the last class has none
     * @param upTo how many took no longer than each bound, and last how many there are
     * @param time how long all took together
     */
    public record Distribution(List<Duration> bounds, List<Long> upTo, Duration time) {
        /** Nothing. */
        public static final Distribution NONE = new Distribution(List.of(), List.of(0L), Duration.ZERO);

        /** Copies the lists. */
        public Distribution {
            bounds = List.copyOf(bounds);
            upTo = List.copyOf(upTo);
        }

        /** How many there are. */
        public long count() {
            return upTo.getLast();
        }
    }

    /**
     * Requests by what they went through. A run counts once for each request that takes part.
     *
     * @param answered from their coming to their answer
     * @param failed those that were not answered
     * @param queued the wait for a run
     * @param input laying the inputs where the model reads them
     * @param infer the model's run
     * @param output taking the outputs
     */
    public record Stages(Timed answered, Timed failed, Timed queued, Timed input, Timed infer, Timed output) {
        /** Nothing. */
        public static final Stages NONE =
                new Stages(Timed.NONE, Timed.NONE, Timed.NONE, Timed.NONE, Timed.NONE, Timed.NONE);
    }

    /**
     * Runs over batches of one size.
     *
     * @param rows the size
     * @param input laying the inputs where the model reads them
     * @param infer the model's run
     * @param output taking the outputs
     */
    public record Batch(long rows, Timed input, Timed infer, Timed output) {}
}
