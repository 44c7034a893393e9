package dev.ringside.contract.routing;

import java.time.Instant;

/**
 * The clock of a replay: published under the key {@value #KEY} of the topic {@code routing}. Whoever writes events marks
 * this time; nothing with a time at or after it was sent before.
 *
 * @param time the time that it now is
 */
public record ClockTick(Instant time) {
    /** The key of its record. */
    public static final String KEY = "clock";
}
