package dev.ringside.app.wiring;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands a part what the topic {@code routing} says, on a thread of its own: what one part throws at, or hangs in, keeps
 * nothing from the others. What was not taken is tried again every second, unless something newer has come in its place.
 */
final class Feed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final long PAUSE_MILLIS = 1000;
    private static final Duration LAST = Duration.ofSeconds(1);

    /** What must all be taken, each as it is. */
    private record Handed(String what, Runnable over) {}

    private final Part part;
    private final Runnable taken;
    private final Thread thread;
    private final Deque<Handed> definitions = new ArrayDeque<>();
    private @Nullable RoutingTable table;
    private @Nullable ClockTick tick;
    private boolean closed;
    private volatile @Nullable String failure;

    /**
     * @param taken is called when the part has taken a table or a step of the clock
     */
    Feed(Part part, Runnable taken) {
        this.part = part;
        this.taken = taken;
        this.thread = Thread.ofPlatform().daemon().name("feed-" + part.name()).unstarted(this::run);
    }

    Feed start() {
        thread.start();
        return this;
    }

    synchronized void accept(RoutingTable newer) {
        table = newer;
        notifyAll();
    }

    synchronized void accept(ClockTick newer) {
        tick = newer;
        notifyAll();
    }

    void accept(EpochDefinition definition) {
        add(new Handed(
                "the definition of experiment '" + definition.experiment() + "' epoch " + definition.epoch(),
                () -> part.accept(definition)));
    }

    void accept(ExperimentEnded ended) {
        add(new Handed("the end of experiment '" + ended.experiment() + "'", () -> part.accept(ended)));
    }

    private synchronized void add(Handed each) {
        definitions.add(each);
        notifyAll();
    }

    /** Why the part has not taken what it was handed; null if it has. */
    @Nullable
    String failure() {
        return failure;
    }

    private void run() {
        try {
            while (await()) {
                String why = deliver();
                if (why != null && failure == null) {
                    LOG.log(System.Logger.Level.ERROR, "{0}, trying again", why);
                } else if (why == null && failure != null) {
                    LOG.log(System.Logger.Level.INFO, "{0} has taken what it was handed", part.name());
                }
                failure = why;
                if (why != null) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to hand over; false when there will be nothing more. */
    private synchronized boolean await() throws InterruptedException {
        while (!closed && definitions.isEmpty() && table == null && tick == null) {
            wait();
        }
        return !closed;
    }

    private synchronized void pause() throws InterruptedException {
        if (!closed) {
            TimeUnit.MILLISECONDS.timedWait(this, PAUSE_MILLIS);
        }
    }

    /** Hands over each thing; says why one was not taken. */
    private @Nullable String deliver() {
        String why = deliverDefinitions();
        RoutingTable newest;
        ClockTick step;
        synchronized (this) {
            newest = table;
            step = tick;
        }
        if (newest != null) {
            String refused = hand("routing table " + newest.version(), () -> part.accept(newest));
            if (refused == null) {
                synchronized (this) {
                    table = newest.equals(table) ? null : table;
                }
                taken.run();
            }
            why = why == null ? refused : why;
        }
        if (step != null) {
            String refused = hand("the clock's step to " + step.time(), () -> part.accept(step));
            if (refused == null) {
                synchronized (this) {
                    tick = step.equals(tick) ? null : tick;
                }
                taken.run();
            }
            why = why == null ? refused : why;
        }
        return why;
    }

    private @Nullable String deliverDefinitions() {
        String why = null;
        for (int left = waiting(); left > 0; left--) {
            Handed next;
            synchronized (this) {
                next = definitions.remove();
            }
            String refused = hand(next.what(), next.over());
            if (refused != null) {
                why = refused;
                add(next);
            }
        }
        return why;
    }

    private synchronized int waiting() {
        return definitions.size();
    }

    private @Nullable String hand(String what, Runnable over) {
        try {
            over.run();
            return null;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, part.name() + " does not take " + what, e);
            return part.name() + ": does not take " + what + ": " + e.getMessage();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
