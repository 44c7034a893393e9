package dev.ringside.app.wiring;

import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.FleetReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells the fleet what the parts say of themselves, at each interval and when something changed. */
final class FleetReporter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FleetReporter.class.getName());
    private static final Duration LAST = Duration.ofSeconds(3);

    private final List<Part> parts;
    private final TopicWriter writer;
    private final Duration interval;
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("fleet-report").daemon().unstarted(this::run);
    private volatile boolean closed;

    FleetReporter(List<Part> parts, TopicWriter writer, Duration interval) {
        this.parts = parts;
        this.writer = writer;
        this.interval = interval;
    }

    void start() {
        thread.start();
    }

    /** Reports soon. */
    void changed() {
        changed.release();
    }

    private void run() {
        try {
            while (!closed) {
                parts.forEach(this::report);
                changed.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A report that fails must not be the last one: a part that is not heard of counts as gone. */
    private void report(Part part) {
        try {
            send(part.fullReport(), false);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the report of " + part.name() + " failed, the next one is tried", e);
        }
    }

    private void send(@Nullable FleetReport report, boolean stopped) {
        if (report == null) {
            return;
        }
        FleetReport last = stopped ? report.asStopped() : report;
        // Nobody waits: the next report says more.
        var sent = writer.write(Topics.FLEET, report.id(), Json.bytes(last));
        if (stopped) {
            sent.completeOnTimeout(null, LAST.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> null)
                    .join();
        }
    }

    /** The last word of each part: it has stopped. */
    @Override
    public void close() {
        closed = true;
        changed();
        try {
            thread.join(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.forEach(part -> send(part.report(), true));
    }
}
