package dev.ringside.app.redis;

import io.lettuce.core.RedisException;
import java.util.Map;

/** Writes hashes, as a job does that keeps features up to date. Safe for use by many threads. */
public final class RedisHashes implements AutoCloseable {
    private final RedisConversation redis;

    /** Prepares it; nothing is connected yet. */
    public RedisHashes(RedisAddress address) {
        this.redis = new RedisConversation(address);
    }

    /**
     * Sets fields of a hash.
     *
     * @throws RedisException if Redis does not confirm it
     */
    public void put(String key, Map<String, String> fields) throws InterruptedException {
        long _ = redis.ask(commands -> commands.hset(key, fields));
    }

    @Override
    public void close() {
        redis.close();
    }
}
