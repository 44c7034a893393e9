package dev.ringside.app.redis;

import dev.ringside.app.servers.ServerWatch;
import io.lettuce.core.RedisException;
import java.nio.file.Path;

/** Asks Redis whether it is there, on a connection of its own. */
public final class RedisProbe implements ServerWatch.Probe {
    private final RedisConversation redis;

    /** Prepares it; nothing is connected yet. */
    public RedisProbe(RedisAddress address) {
        this.redis = new RedisConversation(address);
    }

    @Override
    public void ask() throws InterruptedException {
        String _ = redis.ask(commands -> commands.ping());
    }

    /**
     * The folder in which it keeps its data.
     *
     * @throws RedisException if it does not answer, or not us
     */
    public Path folder() throws InterruptedException {
        String dir = redis.ask(commands -> commands.configGet("dir").getOrDefault("dir", ""));
        return Path.of(dir);
    }

    @Override
    public void close() {
        redis.close();
    }
}
