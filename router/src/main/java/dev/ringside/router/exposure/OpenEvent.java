package dev.ringside.router.exposure;

import java.time.Instant;

/**
 * An event that has its time and holds marks back until it is acknowledged. Closing one that was not recorded lets go of
 * it. Belongs to the thread that began it.
 */
public final class OpenEvent implements AutoCloseable {
    private final EventTimes times;
    private final Instant time;
    private boolean settled;

    OpenEvent(EventTimes times, Instant time) {
        this.times = times;
        this.time = time;
    }

    /** The event's time. */
    public Instant time() {
        return time;
    }

    /** From now on the spool answers for it. */
    void recorded() {
        settled = true;
    }

    @Override
    public void close() {
        if (!settled) {
            settled = true;
            times.finished(time);
        }
    }
}
