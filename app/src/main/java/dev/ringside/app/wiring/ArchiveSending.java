package dev.ringside.app.wiring;

import dev.ringside.metrics.archive.ArchiveCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends an archive to its store as it grows, on a thread of its own: neither counting nor archiving waits for it. */
final class ArchiveSending implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ArchiveSending.class.getName());
    private static final long EVERY_SECONDS = 10;

    /** What is not sent by then is sent at the next start. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final ArchiveCopy copy;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("archive-send").factory());

    ArchiveSending(ArchiveCopy copy) {
        this.copy = copy;
    }

    /** What cannot be fetched now is read from Kafka, as long as that has it. */
    void restore() {
        try {
            int files = copy.restore();
            if (files > 0) {
                LOG.log(System.Logger.Level.INFO, "{0} files of the archive were fetched", files);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the archive goes on from this disk alone: {0}", e.getMessage());
        }
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::send, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void send() {
        try {
            var _ = copy.send();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the archive could not be sent, trying again", e);
        }
    }

    /** Sends the last that was published. */
    @Override
    public void close() {
        thread.execute(this::send);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
