package dev.ringside.contract.inference;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment after which an answer is of no use to whoever asked. It travels with a call, so that each who waits for
 * something waits no longer than the caller does.
 *
 * @param ticker nanoseconds of a clock that only goes forward
 * @param at the moment, in that clock's nanoseconds
 */
public record Deadline(LongSupplier ticker, long at) {
    /** The moment that is so far from now. */
    public static Deadline in(Duration time, LongSupplier ticker) {
        return new Deadline(ticker, ticker.getAsLong() + time.toNanos());
    }

    /** How many nanoseconds are left; 0 once it has passed. */
    public long nanosLeft() {
        return Math.max(0, at - ticker.getAsLong());
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return nanosLeft() == 0;
    }

    /** This one, or the moment so far from now if that is sooner. */
    Deadline orIn(Duration time) {
        Deadline other = in(time, ticker);
        return other.at - at < 0 ? other : this;
    }
}
