package dev.ringside.serving.repository;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts that something has changed, for those who wait for it. To be used by any number of threads. */
public final class Changes {
    private long count;

    /** Something has changed; never blocks for long. */
    public synchronized void happened() {
        count++;
        notifyAll();
    }

    synchronized long count() {
        return count;
    }

    /** Waits until more has changed than was seen, or the time is over. */
    synchronized void awaitBeyond(long seen, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos(); count <= seen && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
