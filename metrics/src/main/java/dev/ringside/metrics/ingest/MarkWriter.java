package dev.ringside.metrics.ingest;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes ingest's promises to every partition, on a thread of its own: the first as soon as the partitions are known,
 * then one each second of the wall's clock, one at once when a replay's clock has moved, and the closing one at the end.
 * A round that the log does not take is tried again.
 */
final class MarkWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MarkWriter.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(35);
    private static final Duration LAST = Duration.ofSeconds(10);

    private final EventLog log;
    private final ReceiptTimes times;
    private final Content content;
    private final Pace pace;
    private final Semaphore awake = new Semaphore(0);
    private final Thread thread;
    private volatile int partitions;
    private volatile boolean opened;
    private volatile boolean closing;
    private volatile @Nullable Instant marked;
    private volatile @Nullable Long unacknowledged;

    /**
     * How often is marked.
     *
     * @param interval between two rounds when nothing wakes them
     * @param away how long a round waits for the log before that is known to be away
     */
    record Pace(Duration interval, Duration away) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    /**
     * Whether the log is known to be away: the marks have waited for it for longer than it takes when it is there. They
     * go on being tried, so this ends by itself.
     */
    boolean isAway() {
        Long since = unacknowledged;
        return since != null && System.nanoTime() - since > pace.away.toNanos();
    }

    /** What a mark says. */
    interface Content {
        Mark of(@Nullable Instant through, boolean closed);
    }

    MarkWriter(EventLog log, ReceiptTimes times, Content content, Pace pace) {
        this.log = log;
        this.times = times;
        this.content = content;
        this.pace = pace;
        this.thread = Thread.ofPlatform().name("ingest-marks").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void partitions(int number) {
        partitions = number;
        wake();
    }

    void wake() {
        awake.release();
    }

    /** Whether every partition has the first mark of this boot. */
    boolean isOpen() {
        return opened;
    }

    /** The time through which every partition has this writer's mark; null for none. */
    @Nullable
    Instant marked() {
        return marked;
    }

    private void run() {
        try {
            while (!closing) {
                if (partitions > 0) {
                    Instant through = times.promise();
                    if (write(through, false, PATIENCE)) {
                        opened = true;
                        marked = through;
                    }
                }
                rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the next second, or until something has moved that is not marked yet. */
    private void rest() throws InterruptedException {
        if (awake.tryAcquire(pace.interval.toMillis(), TimeUnit.MILLISECONDS)) {
            awake.drainPermits();
        }
    }

    private boolean write(@Nullable Instant through, boolean closed, Duration patience) throws InterruptedException {
        byte[] value = Json.bytes(content.of(through, closed));
        if (unacknowledged == null) {
            unacknowledged = System.nanoTime();
        }
        var acknowledgements = new ArrayList<CompletableFuture<Void>>();
        for (int partition = 0; partition < partitions; partition++) {
            acknowledgements.add(log.append(partition, null, value).toCompletableFuture());
        }
        try {
            CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            unacknowledged = null;
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the log did not take ingest''s marks, trying again: {0}",
                    e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        wake();
        try {
            if (thread.isAlive()) {
                thread.join(PATIENCE);
            }
            // A closed writer is waited for no more, so the mark that says so stands after everything it took.
            if (opened && times.awaitIdle(PATIENCE)) {
                write(times.promise(), true, LAST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
