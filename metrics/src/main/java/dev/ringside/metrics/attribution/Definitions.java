package dev.ringside.metrics.attribution;

import dev.ringside.contract.kpi.EpochDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The definitions of all epochs that were published. A definition is published before any router can route to it, but
 * its reader may lag behind the reader of the events: so whoever needs one waits for it, up to a patience.
 */
public final class Definitions {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Key, EpochDefinition> known = new HashMap<>();

    private record Key(String experiment, int epoch) {}

    /** @param patience how long to wait for a definition, wall clock; zero where all are accepted first */
    public Definitions(Duration patience) {
        this.patience = patience;
    }

    /**
     * Takes in a definition; the same one again is welcome.
     *
     * @throws IllegalArgumentException if it differs from the one known: definitions never change
     */
    public void accept(EpochDefinition definition) {
        lock.lock();
        try {
            EpochDefinition before =
                    known.putIfAbsent(new Key(definition.experiment(), definition.epoch()), definition);
            if (before != null && !before.equals(definition)) {
                throw new IllegalArgumentException("the definition of experiment '" + definition.experiment()
                        + "' epoch " + definition.epoch() + " has changed; a change needs a new epoch. Known: " + before
                        + ", published: " + definition);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the definition, waiting for it if need be.
     *
     * @throws IllegalStateException if it has not come within the patience, or the thread is interrupted
     */
    EpochDefinition await(String experiment, int epoch) {
        var key = new Key(experiment, epoch);
        lock.lock();
        try {
            long left = patience.toNanos();
            EpochDefinition definition = known.get(key);
            while (definition == null && left > 0) {
                left = arrived.awaitNanos(left);
                definition = known.get(key);
            }
            if (definition == null) {
                throw new IllegalStateException("no definition of experiment '" + experiment + "' epoch " + epoch
                        + " was published under definition/" + experiment + "/" + epoch + " within "
                        + TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()) + " s");
            }
            return definition;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for the definition of experiment '" + experiment + "' epoch " + epoch,
                    e);
        } finally {
            lock.unlock();
        }
    }
}
