package dev.ringside.metrics.ingest;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.routing.ClockTick;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When outcomes were received, and through which time it can be promised that all of them are in the log. A post is open
 * from the moment it has its time until its records are acknowledged, or known to have failed; a promise never passes an
 * open one. Thread-safe.
 */
final class ReceiptTimes {
    private final @Nullable Clock wall;
    private final TreeMap<Instant, Integer> open = new TreeMap<>();
    private @Nullable Instant tick;
    private Instant last = Instant.MIN;

    /** @param wall the clock; null if it is set from outside in steps */
    ReceiptTimes(@Nullable Clock wall) {
        this.wall = wall;
    }

    boolean isStepped() {
        return wall == null;
    }

    synchronized void accept(ClockTick step) {
        if (isStepped() && (tick == null || step.time().isAfter(tick))) {
            tick = step.time();
        }
    }

    synchronized @Nullable Instant tick() {
        return tick;
    }

    /** The receipt times of a post whose outcomes name theirs; the clock is stepped. */
    synchronized Instant open(Instant least) {
        require(
                tick == null || !least.isBefore(tick),
                "received_at",
                "expected at or after the replay clock " + tick + ", found " + least
                        + ": that day is closed; send outcomes before the clock is moved on");
        return opened(least);
    }

    /** The receipt time of a post, by the wall's clock. */
    synchronized Instant open() {
        return opened(now());
    }

    private Instant opened(Instant time) {
        open.merge(time, 1, Integer::sum);
        return time;
    }

    /** A post is no longer open. */
    synchronized void finished(Instant time) {
        open.computeIfPresent(time, (t, posts) -> posts == 1 ? null : posts - 1);
        if (open.isEmpty()) {
            notifyAll();
        }
    }

    /** Waits until no post is open, at most so long; says whether none is. */
    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return open.isEmpty();
    }

    /** Everything received before this is in the log; null while a stepped clock has not been set. */
    synchronized @Nullable Instant promise() {
        Instant clock = isStepped() ? tick : now();
        if (clock == null || open.isEmpty()) {
            return clock;
        }
        return open.firstKey().isBefore(clock) ? open.firstKey() : clock;
    }

    /** A clock that is set back does not break a promise: no time is before the last one. */
    private Instant now() {
        if (wall == null) {
            throw new IllegalStateException("the clock is stepped");
        }
        Instant now = wall.instant().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last;
        return last;
    }
}
