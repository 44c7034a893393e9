package dev.ringside.app.meters;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The meters of a process's parts, bound to its registry for as long as it runs. */
public final class Meters implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Meters.class.getName());
    private static final long REFRESH_SECONDS = 2;

    private final List<PartMeters> meters;
    private final ScheduledExecutorService refreshes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("meters").daemon().factory());

    /** Binds meters, and looks for new ones every few seconds until closed. */
    public Meters(List<PartMeters> meters, MeterRegistry registry) {
        this.meters = List.copyOf(meters);
        this.meters.forEach(part -> part.bindTo(registry));
        var _ = refreshes.scheduleWithFixedDelay(this::refresh, 0, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private void refresh() {
        try {
            meters.forEach(PartMeters::refresh);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "meters could not be refreshed", e);
        }
    }

    @Override
    public void close() {
        refreshes.shutdownNow();
    }
}
