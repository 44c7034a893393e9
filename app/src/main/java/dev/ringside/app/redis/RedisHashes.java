package dev.ringside.app.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes hashes, as a job does that keeps features up to date. Safe for use by many threads. */
public final class RedisHashes implements AutoCloseable {
    private final RedisAddress address;
    private @Nullable RedisConnector connector;
    private @Nullable StatefulRedisConnection<String, String> connection;

    /** Prepares it; nothing is connected yet. */
    public RedisHashes(RedisAddress address) {
        this.address = address;
    }

    /**
     * Sets fields of a hash.
     *
     * @throws RedisException if Redis does not confirm it
     */
    public void put(String key, Map<String, String> fields) throws InterruptedException {
        StatefulRedisConnection<String, String> open = connected();
        try {
            var _ = open.sync().hset(key, fields);
        } catch (RedisException e) {
            leave(open);
            throw e;
        }
    }

    private synchronized StatefulRedisConnection<String, String> connected() throws InterruptedException {
        StatefulRedisConnection<String, String> open = connection;
        if (open == null) {
            RedisConnector made = connector;
            if (made == null) {
                made = new RedisConnector(address);
                connector = made;
            }
            open = made.connect(StringCodec.UTF8);
            connection = open;
        }
        return open;
    }

    private synchronized void leave(StatefulRedisConnection<String, String> failed) {
        if (failed.equals(connection)) {
            connection = null;
        }
        var _ = failed.closeAsync();
    }

    @Override
    public synchronized void close() {
        if (connector != null) {
            connector.close();
        }
    }
}
