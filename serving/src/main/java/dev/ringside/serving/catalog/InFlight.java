package dev.ringside.serving.catalog;

import java.util.concurrent.atomic.AtomicLong;

/** Counts who is inside, and closes once the last has left. To be used by any number of threads. */
final class InFlight {
    private static final long CLOSING = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final Runnable empty;

    /** @param empty is run once, by the thread that leaves last after {@link #close}, or by close itself */
    InFlight(Runnable empty) {
        this.empty = empty;
    }

    /** Comes in, to leave later; false if it is closing. */
    boolean enter() {
        while (true) {
            long now = state.get();
            if (now >= CLOSING) {
                return false;
            }
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Leaves. */
    void leave() {
        if (state.decrementAndGet() == CLOSING) {
            empty.run();
        }
    }

    /** Lets nobody in any more. To be called once. */
    void close() {
        if (state.addAndGet(CLOSING) == CLOSING) {
            empty.run();
        }
    }
}
