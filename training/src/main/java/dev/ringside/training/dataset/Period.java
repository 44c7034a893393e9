package dev.ringside.training.dataset;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its beginning
 * @param to its end, not part of it
 */
public record Period(Instant from, Instant to) {
    /** Checks that it is not empty. */
    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("the end " + to + " must be after the beginning " + from);
        }
    }

    /** Whether a time is in it. */
    public boolean contains(long epochMillis) {
        return epochMillis >= from.toEpochMilli() && epochMillis < to.toEpochMilli();
    }
}
