package dev.ringside.app.redis;

import dev.ringside.router.cache.AnswerStore;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers in Redis: a string for each, which goes by itself ({@code PSETEX}). */
public final class RedisAnswers implements AnswerStore {
    private final RedisLink<byte[]> link;

    /** @param link whose Redis keeps them */
    public RedisAnswers(RedisLink<byte[]> link) {
        this.link = link;
    }

    @Override
    public CompletableFuture<Optional<byte[]>> read(String key) {
        return commands().get(key).toCompletableFuture().thenApply(Optional::ofNullable);
    }

    @Override
    public CompletableFuture<?> write(String key, byte[] answer, Duration ttl) {
        return commands().psetex(key, ttl.toMillis(), answer).toCompletableFuture();
    }

    private RedisAsyncCommands<String, byte[]> commands() {
        var open = link.connection();
        if (open == null) {
            throw new RedisException("there is no connection");
        }
        return open.async();
    }
}
