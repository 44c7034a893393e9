package dev.ringside.app.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is made again whenever it is lost. A thread of its own asks for a sign of life; a Redis that
 * does not give one in two seconds is taken for lost, with all that was asked of it, so that what waits stays little.
 *
 * @param <V> what stands under its keys
 */
public final class RedisLink<V> implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RedisConnector connector;
    private final RedisCodec<String, V> values;
    private final Thread thread;
    private volatile @Nullable StatefulRedisConnection<String, V> connection;
    private volatile boolean closed;

    private RedisLink(RedisAddress address, RedisCodec<String, V> values) {
        this.connector = new RedisConnector(address);
        this.values = values;
        this.thread = Thread.ofPlatform().daemon().name("redis-link").unstarted(this::run);
    }

    /** One to texts; nothing runs before {@link #start}. */
    public static RedisLink<String> ofTexts(RedisAddress address) {
        return new RedisLink<>(address, StringCodec.UTF8);
    }

    /** One to bytes; nothing runs before {@link #start}. */
    public static RedisLink<byte[]> ofBytes(RedisAddress address) {
        return new RedisLink<>(address, RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    }

    /** Begins to connect; returns at once. */
    public RedisLink<V> start() {
        thread.start();
        return this;
    }

    /** The connection; null while there is none. */
    @Nullable
    StatefulRedisConnection<String, V> connection() {
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
        StatefulRedisConnection<String, V> open = connection;
        if (open != null && open.isOpen() && answers(open)) {
            return;
        }
        connection = null;
        if (open != null) {
            var _ = open.closeAsync();
        }
        try {
            connection = connector.connect(values);
        } catch (RedisException e) {
            // It is away; who watches the server says so.
        }
    }

    private boolean answers(StatefulRedisConnection<String, V> open) throws InterruptedException {
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
