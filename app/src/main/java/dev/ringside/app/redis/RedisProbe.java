package dev.ringside.app.redis;

import dev.ringside.app.servers.ServerWatch;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks Redis whether it is there, on a connection of its own. */
public final class RedisProbe implements ServerWatch.Probe {
    private final RedisAddress address;
    private @Nullable RedisConnector connector;
    private @Nullable StatefulRedisConnection<String, String> connection;

    /** Prepares it; nothing is connected yet. */
    public RedisProbe(RedisAddress address) {
        this.address = address;
    }

    @Override
    public void ask() throws InterruptedException {
        String _ = ask(commands -> commands.ping());
    }

    /**
     * The folder in which it keeps its data.
     *
     * @throws RedisException if it does not answer, or not us
     */
    public Path folder() throws InterruptedException {
        String dir = ask(commands -> commands.configGet("dir").getOrDefault("dir", ""));
        return Path.of(dir);
    }

    private <T> T ask(Function<RedisCommands<String, String>, T> question) throws InterruptedException {
        try {
            return question.apply(connected().sync());
        } catch (RedisException e) {
            StatefulRedisConnection<String, String> open = connection;
            connection = null;
            if (open != null) {
                var _ = open.closeAsync();
            }
            throw e;
        }
    }

    private StatefulRedisConnection<String, String> connected() throws InterruptedException {
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

    @Override
    public void close() {
        connection = null;
        if (connector != null) {
            connector.close();
        }
    }
}
