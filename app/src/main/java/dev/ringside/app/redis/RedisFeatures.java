package dev.ringside.app.redis;

import dev.ringside.router.feature.FeatureStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Features in Redis: {@code HMGET} for each key, all keys of a request written at once. Requests share one connection, so what
 * they ask at the same time travels together.
 */
public final class RedisFeatures implements FeatureStore {
    private static final String NO_HASH = "WRONGTYPE";

    private final RedisLink<String> link;
    private final LongSupplier ticker;
    private final LongConsumer latency;

    /**
     * @param ticker nanoseconds of a clock that only goes forward
     * @param latency takes how many nanoseconds each answer took, also of those that came too late
     */
    public RedisFeatures(RedisLink<String> link, LongSupplier ticker, LongConsumer latency) {
        this.link = link;
        this.ticker = ticker;
        this.latency = latency;
    }

    @Override
    public CompletableFuture<List<Found>> read(List<String> keys, List<String> fields) {
        StatefulRedisConnection<String, String> open = link.connection();
        if (open == null) {
            return CompletableFuture.failedFuture(new RedisException("there is no connection"));
        }
        long began = ticker.getAsLong();
        List<AsyncCommand<String, String, List<@Nullable String>>> commands = new ArrayList<>(keys.size());
        keys.forEach(key -> commands.add(command(key, fields)));
        try {
            open.dispatch(commands);
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.allOf(commands.toArray(CompletableFuture<?>[]::new))
                .handle((nothing, failure) -> {
                    latency.accept(ticker.getAsLong() - began);
                    return commands.stream().map(RedisFeatures::found).toList();
                });
    }

    private static AsyncCommand<String, String, List<@Nullable String>> command(String key, List<String> fields) {
        var arguments = new CommandArgs<>(StringCodec.UTF8).addKey(key);
        fields.forEach(arguments::add);
        return new AsyncCommand<>(new Command<>(CommandType.HMGET, new ValueListOutput<>(StringCodec.UTF8), arguments));
    }

    /** Called when the command is done. */
    private static Found found(AsyncCommand<String, String, List<@Nullable String>> done) {
        try {
            return new Found.Hash(done.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException refused
                    && String.valueOf(refused.getMessage()).startsWith(NO_HASH)) {
                return new Found.NoHash(NO_HASH);
            }
            throw e;
        }
    }
}
