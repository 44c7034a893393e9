package dev.ringside.router.exposure;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.routing.ClockTick;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives events their times, and knows through which time this writer can promise to have sent all of its own.
 *
 * <p>An event is <em>open</em> from the moment it has its time until the log has acknowledged it, or until it turns out
 * that it will not be written. Taking a time and becoming open is one step under the lock, and a promise is made under
 * the same lock: so no event can have taken an earlier time than a promise and not yet be open. A clock that is set back
 * does not break a promise either: no event gets a time before the last one.
 *
 * <p>Open events are kept by second, with the least time of each, so that hours of them take little room while the log
 * is away. A promise is then at most as far as the oldest open event.
 */
public final class EventTimes {
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, Bucket> open = new TreeMap<>();
    private final @Nullable Clock wall;
    private @Nullable Instant tick;
    private Instant promised = Instant.MIN;
    private boolean stopped;

    private static final class Bucket {
        private Instant least;
        private long events;

        private Bucket(Instant first) {
            this.least = first;
        }
    }

    private EventTimes(@Nullable Clock wall) {
        this.wall = wall;
    }

    /** Times are the clock's, in whole milliseconds. */
    public static EventTimes wall(Clock clock) {
        return new EventTimes(clock);
    }

    /** Times are the requests', and the clock is set from outside in steps: replays of old data. */
    public static EventTimes stepped() {
        return new EventTimes(null);
    }

    /** Whether the clock is set from outside in steps. */
    public boolean isStepped() {
        return wall == null;
    }

    /** Sets a stepped clock; an earlier time than it has is ignored. */
    public void accept(ClockTick step) {
        lock.lock();
        try {
            if (tick == null || step.time().isAfter(tick)) {
                tick = step.time();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The time of a stepped clock; null before the first step, and for a wall clock. */
    public @Nullable Instant tick() {
        lock.lock();
        try {
            return tick;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives an event its time and keeps it open.
     *
     * @param requested the time that the request names, for a stepped clock
     * @throws InvalidInput if the clock is stepped and the time is before it, or neither is known; or if the clock is the
     *     wall's and a time is named
     * @throws InferenceFailure {@code UNAVAILABLE} after {@link #stop}
     */
    OpenEvent begin(@Nullable Instant requested) {
        lock.lock();
        try {
            if (stopped) {
                throw new InferenceFailure(
                        InferenceFailure.Cause.UNAVAILABLE, "this router is stopping; ask another, or again later");
            }
            requireTakes(requested);
            Instant time = wall == null ? steppedTime(requested) : wallTime(wall);
            Bucket bucket = open.computeIfAbsent(time.getEpochSecond(), second -> new Bucket(time));
            bucket.events++;
            if (time.isBefore(bucket.least)) {
                bucket.least = time;
            }
            return new OpenEvent(this, time);
        } finally {
            lock.unlock();
        }
    }

    /** From now on no event begins, so that once none is open there will be none. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no event is open. */
    boolean isIdle() {
        lock.lock();
        try {
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** An event is no longer open: acknowledged, or never to be written. */
    void finished(Instant time) {
        lock.lock();
        try {
            Bucket bucket = open.get(time.getEpochSecond());
            if (bucket == null) {
                throw new IllegalStateException("no event of " + time + " is open");
            }
            bucket.events--;
            if (bucket.events == 0) {
                open.remove(time.getEpochSecond());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Promises: every event of this writer with a time before this is acknowledged, and none will come. Never goes back.
     * Null while a stepped clock has not been set.
     */
    @Nullable
    Instant promise() {
        lock.lock();
        try {
            Instant clock = wall == null ? tick : now(wall);
            if (clock == null) {
                return null;
            }
            Map.Entry<Long, Bucket> oldest = open.firstEntry();
            Instant through =
                    oldest == null || clock.isBefore(oldest.getValue().least) ? clock : oldest.getValue().least;
            if (through.isAfter(promised)) {
                promised = through;
            }
            return promised;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a time that a request names, if the clock is the wall's. */
    void requireTakes(@Nullable Instant requested) {
        if (wall != null && requested != null) {
            throw new InvalidInput(
                    "parameters.time",
                    "this router goes by its own clock (ringside.clock=wall): leave the parameter out");
        }
    }

    private Instant wallTime(Clock clock) {
        Instant now = now(clock);
        return now.isBefore(promised) ? promised : now;
    }

    private Instant steppedTime(@Nullable Instant requested) {
        Instant time = requested == null ? tick : requested;
        if (time == null) {
            throw new InvalidInput(
                    "parameters.time",
                    "missing: expected a time such as 2001-04-01T00:00:00Z, as ringside.clock=request and the clock has"
                            + " not been set; name a time, or POST /api/clock first");
        }
        if (tick != null && time.isBefore(tick)) {
            throw new InvalidInput(
                    "parameters.time",
                    "expected " + tick + ", which the clock was set to, or later, found " + time
                            + ": everything before it is closed; send requests before the step that passes them");
        }
        return time;
    }

    private static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
