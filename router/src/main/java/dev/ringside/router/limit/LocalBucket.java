package dev.ringside.router.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens of this process alone, full at first. It keeps one number, the time at which it would be full again
 * (the generic cell rate algorithm, ITU-T I.371): a token moves that time on by what one takes to come back, and there is
 * none while it is further away than a whole bucket takes.
 */
final class LocalBucket {
    private final int perSecond;
    private final int burst;
    private final LongSupplier ticker;
    private final long nanosOfOne;
    private final AtomicLong fullAt;

    /** @param ticker nanoseconds of a clock that only goes forward */
    LocalBucket(int perSecond, int burst, LongSupplier ticker) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.ticker = ticker;
        this.nanosOfOne = Math.ceilDiv(TimeUnit.SECONDS.toNanos(1), perSecond);
        this.fullAt = new AtomicLong(ticker.getAsLong());
    }

    /** Whether it has these numbers. */
    boolean is(int rate, int size) {
        return perSecond == rate && burst == size;
    }

    /** Takes a token; zero if there was one, else how long it is until there is one. */
    Duration take() {
        while (true) {
            long now = ticker.getAsLong();
            long before = fullAt.get();
            long from = before - now > 0 ? before : now;
            long missing = from + nanosOfOne - now - burst * nanosOfOne;
            if (missing > 0) {
                return Duration.ofNanos(missing);
            }
            if (fullAt.compareAndSet(before, from + nanosOfOne)) {
                return Duration.ZERO;
            }
        }
    }
}
