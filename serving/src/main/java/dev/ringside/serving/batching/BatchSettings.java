package dev.ringside.serving.batching;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.model.Batching;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one model wait and are joined.
 *
 * @param maxRows the most rows that are run together; a request of more is run alone, whole. 0 or 1 for requests that are
 *     never joined
 * @param maxDelay how long requests that wait together are held, although an instance is idle, for others to join them
 * @param levels how many levels of priority there are; 1 is the most urgent, the last that of requests that name none
 * @param maxQueue how many requests may wait
 * @param adapts whether fewer may as long as those that wait do so for too long
 * @param instances how many runs there may be at the same time
 */
public record BatchSettings(int maxRows, Duration maxDelay, int levels, int maxQueue, boolean adapts, int instances) {
    private static final int ROWS = 64;
    private static final int LEVELS = 10;

    /** Checks the ranges. */
    public BatchSettings {
        require(maxRows >= 0, "maxRows", "expected 0 or more, found " + maxRows);
        require(!maxDelay.isNegative(), "maxDelay", "expected no negative duration, found " + maxDelay);
        require(levels >= 1, "levels", "expected 1 or more, found " + levels);
        require(maxQueue >= 1, "maxQueue", "expected 1 or more, found " + maxQueue);
        require(instances >= 1, "instances", "expected 1 or more, found " + instances);
    }

    /**
     * What a model says, and for the rest what applies where it does not.
     *
     * @param instances how many runs there may be where the model does not say
     * @param queue how many requests may wait at most where the model does not say
     */
    public static BatchSettings of(Batching said, int instances, int queue) {
        return new BatchSettings(
                or(said.maxBatchSize(), ROWS),
                Duration.of(or(said.maxQueueDelayMicroseconds(), 0), ChronoUnit.MICROS),
                or(said.priorityLevels(), LEVELS),
                or(said.maxQueueSize(), queue),
                said.maxQueueSize() == null,
                or(said.instanceCount(), instances));
    }

    private static int or(@Nullable Integer said, int otherwise) {
        return said == null ? otherwise : said;
    }

    /** The level of a request. */
    int level(int priority) {
        return priority == 0 ? levels : Math.min(priority, levels);
    }
}
