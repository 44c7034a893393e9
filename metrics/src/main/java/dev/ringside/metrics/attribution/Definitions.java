package dev.ringside.metrics.attribution;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The definitions of all epochs that were published. A definition is published before any router can route to it, but
 * its reader may lag behind the reader of the events: so whoever needs one waits for it, up to a patience.
 */
public final class Definitions {
    private static final CopyOnWriteArrayList<ExperimentEnded> NONE = new CopyOnWriteArrayList<>();

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Key, EpochDefinition> known = new HashMap<>();
    private final Map<String, CopyOnWriteArrayList<ExperimentEnded>> ends = new ConcurrentHashMap<>();

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
     * Nothing will be asked any more of some epochs. It takes effect when the horizon is a day past it: by then whoever
     * counts has heard of it, so it takes effect at the same place of the log for all, and in every replay.
     */
    public void end(ExperimentEnded ended) {
        ends.computeIfAbsent(ended.experiment(), e -> new CopyOnWriteArrayList<>())
                .addIfAbsent(ended);
    }

    /** The last epoch of an experiment of which nothing is asked any more when the horizon is there; 0 for none. */
    int over(String experiment, long horizon) {
        int last = 0;
        for (ExperimentEnded ended : ends.getOrDefault(experiment, NONE)) {
            if (horizon != Nanos.NEVER && Nanos.of(ended.at()) + Nanos.DAY <= horizon) {
                last = Math.max(last, ended.throughEpoch());
            }
        }
        return last;
    }

    /** The experiments of which an end is known. */
    Set<String> ended() {
        return ends.keySet();
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
