package dev.ringside.app.wiring;

import dev.ringside.router.RouterRole;
import dev.ringside.router.cache.AnswerStore;
import dev.ringside.router.feature.FeatureStore;
import dev.ringside.router.limit.SharedBuckets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What a router does that knows no Redis: each slot that wants one is answered as if it were away, which is said once. */
final class NoRedis implements FeatureStore, SharedBuckets, AnswerStore {
    private static final System.Logger LOG = System.getLogger(NoRedis.class.getName());

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    RouterRole.Stores stores() {
        return new RouterRole.Stores(this, this, this);
    }

    @Override
    public CompletableFuture<List<Found>> read(List<String> keys, List<String> fields) {
        return none("has features", "they all have their defaults");
    }

    @Override
    public CompletableFuture<Duration> take(Bucket bucket) {
        return none("has limits", "each router counts by itself");
    }

    @Override
    public CompletableFuture<?> look(Bucket bucket) {
        return none("has limits", "each router counts by itself");
    }

    @Override
    public CompletableFuture<Optional<byte[]>> read(String key) {
        return none("has a cache", "the model is always asked");
    }

    @Override
    public CompletableFuture<?> write(String key, byte[] answer, Duration ttl) {
        return none("has a cache", "the model is always asked");
    }

    private <T> CompletableFuture<T> none(String wish, String instead) {
        if (said.add(wish)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a slot {0}, and this router knows no Redis: {1}; configure ringside.redis.url",
                    wish,
                    instead);
        }
        return CompletableFuture.failedFuture(new IllegalStateException("no Redis is configured"));
    }
}
