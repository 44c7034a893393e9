package dev.ringside.app.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions to Redis that wait for their answers, on one connection, which is made with the first of them and anew behind one
 * that failed. Safe for use by many threads.
 */
final class RedisConversation implements AutoCloseable {
    private final RedisAddress address;
    private @Nullable RedisConnector connector;
    private @Nullable StatefulRedisConnection<String, String> connection;

    /** Nothing is connected yet. */
    RedisConversation(RedisAddress address) {
        this.address = address;
    }

    /** @throws RedisException if it does not answer, or not us */
    <T> T ask(Function<RedisCommands<String, String>, T> question) throws InterruptedException {
        StatefulRedisConnection<String, String> open = connected();
        try {
            return question.apply(open.sync());
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
        connection = null;
        if (connector != null) {
            connector.close();
        }
    }
}
