package dev.ringside.experiments.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the outbox in its order, each record at least once: a record is deleted only after it was acknowledged, so a
 * crash between the two publishes it again. Its records replace what had their key, or are marks that
 * promise nothing new, so that does no harm. One relay
 * works at a time, whatever the number of control planes.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final long RELAY_LOCK = 0x72_65_6c_61_79L;
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Store store;
    private final Publisher publisher;
    private final Changes changes;
    private final ReentrantLock one = new ReentrantLock();
    private final Thread thread =
            Thread.ofPlatform().name("outbox-relay").daemon(true).unstarted(this::follow);
    private volatile boolean closed;

    /** @param changes rings after each commit */
    public OutboxRelay(Store store, Publisher publisher, Changes changes) {
        this.store = store;
        this.publisher = publisher;
        this.changes = changes;
    }

    private record Pending(long id, Publisher.Message message) {}

    private record Batch(int read, @Nullable IOException failure) {}

    /** Starts a thread that publishes whatever is committed. */
    public void start() {
        thread.start();
    }

    /** Publishes everything that is committed now, on the caller's thread; returns when all is acknowledged. */
    public void drain() throws IOException, InterruptedException {
        one.lockInterruptibly();
        try {
            Batch batch;
            do {
                batch = store.aside(this::publish);
                if (batch.failure() != null) {
                    throw new IOException("publishing failed", batch.failure());
                }
            } while (batch.read() == BATCH);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while publishing");
            }
        } finally {
            one.unlock();
        }
    }

    private Batch publish(Tx tx) {
        // Waits for another control plane's relay; when it is done there is usually nothing left to send.
        tx.list("SELECT 1 AS locked FROM pg_advisory_xact_lock(?)", c -> c.number("locked"), RELAY_LOCK);
        List<Pending> pending = tx.list(
                "SELECT id, topic, partition, key, value FROM outbox ORDER BY id LIMIT " + BATCH,
                c -> new Pending(
                        c.number("id"),
                        new Publisher.Message(
                                c.text("topic"), c.integerOrNull("partition"), c.textOrNull("key"), c.text("value"))));
        for (Pending record : pending) {
            try {
                publisher.publish(record.message());
            } catch (IOException e) {
                return new Batch(pending.size(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Batch(0, null);
            }
            tx.update("DELETE FROM outbox WHERE id = ?", record.id());
        }
        return new Batch(pending.size(), null);
    }

    private void follow() {
        while (!closed) {
            try {
                long rung = changes.count();
                drain();
                changes.await(rung, POLL);
            } catch (IOException | StoreFailure e) {
                LOG.log(System.Logger.Level.WARNING, "the outbox waits: {0}", e.getMessage());
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the thread; what is left is published by the next start. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
