package dev.ringside.app.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The servers that this process needs. There is one such object in a process: it is there before the application server
 * starts, whose parts find it here.
 */
public final class Servers implements AutoCloseable {
    private static final Servers CURRENT = new Servers();
    private static final Set<String> QUIET = Set.of("redis", "serving");

    private final List<ServerWatch> watches = new CopyOnWriteArrayList<>();
    private final AtomicLong leftOut = new AtomicLong();

    private Servers() {}

    /** Those of this process. */
    public static Servers current() {
        return CURRENT;
    }

    /** Adds one. */
    public void add(ServerWatch watch) {
        watches.add(watch);
    }

    /** How each is now. */
    public List<ServerWatch.State> states() {
        var states = new ArrayList<ServerWatch.State>();
        watches.forEach(watch -> states.add(watch.state()));
        return List.copyOf(states);
    }

    /** Whether one of them does not answer now whose clients repeat that. Redis's and the model server's say nothing. */
    boolean anyAway() {
        return states().stream().anyMatch(state -> state.awaySince() != null && !QUIET.contains(state.name()));
    }

    void countLeftOut() {
        leftOut.incrementAndGet();
    }

    /** How many lines were kept out of the log since this was last asked. */
    public long takeLeftOut() {
        return leftOut.getAndSet(0);
    }

    @Override
    public void close() {
        watches.forEach(ServerWatch::close);
    }
}
