package dev.ringside.serving.batching;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and a timer that a test moves. It begins near its end, as those of nanoseconds may. */
final class HandClock implements LongSupplier, Timer {
    private static final long START = Long.MAX_VALUE - 1_000_000_000L;

    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(due -> due.at - START));
    private long now = START;

    private static final class Due {
        private final long at;
        private final Runnable wake;

        Due(long at, Runnable wake) {
            this.at = at;
            this.wake = wake;
        }
    }

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public Alarm in(long nanos, Runnable wake) {
        var due = new Due(now + Math.max(0, nanos), wake);
        dues.add(due);
        return () -> dues.remove(due);
    }

    /** How many alarms are due some time. */
    int alarms() {
        return dues.size();
    }

    /** Lets time pass, and every alarm come at its moment. */
    void pass(long nanos) {
        long end = now + nanos;
        while (!dues.isEmpty() && dues.peek().at - end <= 0) {
            Due due = dues.poll();
            now = due.at;
            due.wake.run();
        }
        now = end;
    }

    void passMillis(long millis) {
        pass(millis * 1_000_000);
    }
}
