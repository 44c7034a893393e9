package dev.ringside.contract.model;

import static dev.ringside.contract.InvalidInput.require;

import org.jspecify.annotations.Nullable;

/**
 * How requests for a version are to wait and be run together, as its manifest says; what is null is the server's to
 * decide.
 *
 * @param maxBatchSize the most rows that are run together, from 0 to {@value #MOST_ROWS}; 0 or 1 for each by itself
 * @param maxQueueDelayMicroseconds how long requests that wait together are held, from 0 to {@value #LONGEST_DELAY}
 * @param priorityLevels how many levels of priority there are, from 1 to {@value #MOST_LEVELS}
 * @param maxQueueSize how many requests may wait, from 1 to {@value #LONGEST_QUEUE}
 * @param instanceCount how many runs there may be at the same time, from 1 to {@value #MOST_INSTANCES}
 */
public record Batching(
        @Nullable Integer maxBatchSize,
        @Nullable Integer maxQueueDelayMicroseconds,
        @Nullable Integer priorityLevels,
        @Nullable Integer maxQueueSize,
        @Nullable Integer instanceCount) {
    /** The greatest batch that can be asked for. */
    public static final int MOST_ROWS = 65_536;

    /** The longest that requests are held, in microseconds. */
    public static final int LONGEST_DELAY = 10_000_000;

    /** The most levels of priority. */
    public static final int MOST_LEVELS = 1_000;

    /** The longest queue. */
    public static final int LONGEST_QUEUE = 1_000_000;

    /** The most instances. */
    public static final int MOST_INSTANCES = 256;

    /** Nothing: all of it is the server's to decide. */
    public static final Batching NONE = new Batching(null, null, null, null, null);

    /** Checks the ranges. */
    public Batching {
        within("max_batch_size", maxBatchSize, 0, MOST_ROWS);
        within("max_queue_delay_microseconds", maxQueueDelayMicroseconds, 0, LONGEST_DELAY);
        within("priority_levels", priorityLevels, 1, MOST_LEVELS);
        within("max_queue_size", maxQueueSize, 1, LONGEST_QUEUE);
        within("instance_count", instanceCount, 1, MOST_INSTANCES);
    }

    /** The same, and for what it leaves to the server what another says. */
    public Batching orElse(Batching other) {
        return new Batching(
                either(maxBatchSize, other.maxBatchSize),
                either(maxQueueDelayMicroseconds, other.maxQueueDelayMicroseconds),
                either(priorityLevels, other.priorityLevels),
                either(maxQueueSize, other.maxQueueSize),
                either(instanceCount, other.instanceCount));
    }

    private static @Nullable Integer either(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : one;
    }

    private static void within(String field, @Nullable Integer value, int least, int most) {
        require(
                value == null || (value >= least && value <= most),
                field,
                "expected a whole number from " + least + " to " + most + ", found " + value);
    }
}
