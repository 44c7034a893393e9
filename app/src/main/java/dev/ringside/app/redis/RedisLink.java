package dev.ringside.app.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is made again whenever it is lost. A thread of its own asks for a sign of life; a Redis that
 * does not give one in two seconds is taken for lost, with all that was asked of it, so that what waits stays little.
 */
public final class RedisLink implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RedisConnector connector;
    private final Thread thread;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile boolean closed;

    /** Prepares it; nothing runs before {@link #start}. */
    public RedisLink(RedisAddress address) {
        this.connector = new RedisConnector(address);
        this.thread = Thread.ofPlatform().daemon().name("redis-link").unstarted(this::run);
    }

    /** Begins to connect; returns at once. */
    public RedisLink start() {
        thread.start();
        return this;
    }

    /** The connection; null while there is none. */
    @Nullable
    StatefulRedisConnection<String, String> connection() {
        return connection;
    }

    private void run() {
        try {
            while (!closed) {
                keep();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() throws InterruptedException {
        StatefulRedisConnection<String, String> open = connection;
        if (open != null && open.isOpen() && answers(open)) {
            return;
        }
        connection = null;
        if (open != null) {
            var _ = open.closeAsync();
        }
        try {
            connection = connector.connect();
        } catch (RedisException e) {
            // It is away; who watches the server says so.
        }
    }

    private static boolean answers(StatefulRedisConnection<String, String> open) throws InterruptedException {
        try {
            String _ = open.async().ping().get(RedisAddress.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RedisException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        connection = null;
        connector.close();
    }
}
