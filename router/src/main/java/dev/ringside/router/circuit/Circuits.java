package dev.ringside.router.circuit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All circuits of a router, and the thread that looks for stores that were given up. */
public final class Circuits implements AutoCloseable {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    private final List<Circuit> all = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("store-probe").daemon().factory());

    /** Begins to look for stores that were given up. */
    public void start() {
        var _ = probes.scheduleWithFixedDelay(
                this::probe, BETWEEN_PROBES.toMillis(), BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Another one; it stays for good. */
    public Circuit add() {
        var circuit = new Circuit();
        all.add(circuit);
        return circuit;
    }

    /** Asks once for each slot whose requests do not wait any more. Of one thread. */
    public void probe() {
        all.forEach(Circuit::probe);
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }
}
