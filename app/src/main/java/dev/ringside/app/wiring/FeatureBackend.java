package dev.ringside.app.wiring;

import dev.ringside.app.redis.RedisAddress;
import dev.ringside.app.redis.RedisFeatures;
import dev.ringside.app.redis.RedisLink;
import dev.ringside.router.feature.FeatureStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where the router's features are: the Redis that is configured or was started, or nowhere. */
final class FeatureBackend implements FeatureStore, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FeatureBackend.class.getName());

    private final @Nullable RedisLink link;
    private final @Nullable RedisFeatures redis;
    private final AtomicBoolean said = new AtomicBoolean();
    private volatile LongConsumer latency = nanos -> {};

    /** Begins to connect; nothing waits for that. */
    FeatureBackend(Optional<String> url, LongSupplier ticker) {
        this.link = url.map(address -> new RedisLink(new RedisAddress(address)).start())
                .orElse(null);
        this.redis = link == null ? null : new RedisFeatures(link, ticker, nanos -> latency.accept(nanos));
    }

    /** From now on it takes how many nanoseconds answers took. */
    void measureBy(LongConsumer timer) {
        latency = timer;
    }

    @Override
    public CompletableFuture<List<Found>> read(List<String> keys, List<String> fields) {
        if (redis != null) {
            return redis.read(keys, fields);
        }
        if (said.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a slot has features, and this router knows no Redis: they all have their defaults; configure"
                            + " ringside.redis.url");
        }
        return CompletableFuture.failedFuture(new IllegalStateException("no Redis is configured"));
    }

    @Override
    public void close() {
        if (link != null) {
            link.close();
        }
    }
}
