package dev.ringside.experiments.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A bell that rings whenever something may have changed: a commit, a snapshot, a report. Whoever waits looks again. */
public final class Changes {
    private static final int REMEMBERED = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final Deque<Ring> recent = new ArrayDeque<>();
    private long count;
    private boolean closed;

    private record Ring(long number, Set<String> experiments) {}

    /**
     * What has rung.
     *
     * @param count how often it has rung since the start
     * @param experiment the one experiment that changed since then; null if none did, or several, or other things too
     */
    public record Seen(long count, @Nullable String experiment) {}

    /** Rings for something that belongs to no experiment. */
    public void signal() {
        signal(Set.of());
    }

    /** Rings for these experiments. */
    public void signal(Collection<String> experiments) {
        lock.lock();
        try {
            count++;
            recent.addLast(new Ring(count, Set.copyOf(experiments)));
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more, now or later. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits any more. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How often it has rung. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung more often than {@code seen}, or for the limit; says how often it has rung then. */
    public Seen await(long seen, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            while (count <= seen && nanos > 0 && !closed) {
                nanos = rung.awaitNanos(nanos);
            }
            return new Seen(count, single(seen));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String single(long seen) {
        var experiments = new LinkedHashSet<String>();
        for (Ring ring : recent) {
            if (ring.number() > seen) {
                if (ring.experiments().isEmpty()) {
                    return null;
                }
                experiments.addAll(ring.experiments());
            }
        }
        return experiments.size() == 1 && count - seen <= REMEMBERED ? experiments.getFirst() : null;
    }
}
