package dev.ringside.app.redis;

import dev.ringside.router.limit.SharedBuckets;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in Redis by Bucket4j, which reads a bucket and puts it back if nobody else has meanwhile. What the requests of
 * this process ask of one bucket at the same time is asked at once. Time is this machine's: routers whose clocks differ
 * fill a bucket by the one that is ahead.
 */
public final class RedisBuckets implements SharedBuckets {
    /** A bucket is kept for so long after it would be full again. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final RedisLink<byte[]> link;
    private volatile @Nullable Connected connected;

    /** Buckets over one connection. */
    private static final class Connected {
        private final StatefulRedisConnection<String, byte[]> connection;
        private final AsyncProxyManager<String> manager;
        private final Map<Bucket, AsyncBucketProxy> buckets = new ConcurrentHashMap<>();

        private Connected(StatefulRedisConnection<String, byte[]> connection) {
            this.connection = connection;
            this.manager = Bucket4jLettuce.casBasedBuilder(connection)
                    .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                    .build()
                    .asAsync();
        }

        private AsyncBucketProxy bucket(Bucket bucket) {
            return buckets.computeIfAbsent(
                    bucket,
                    asked -> manager.builder()
                            .withOptimization(Optimizations.batching())
                            .build(asked.key(), () -> CompletableFuture.completedFuture(configuration(asked))));
        }

        private static BucketConfiguration configuration(Bucket bucket) {
            return BucketConfiguration.builder()
                    .addLimit(limit ->
                            limit.capacity(bucket.burst()).refillGreedy(bucket.perSecond(), Duration.ofSeconds(1)))
                    .build();
        }
    }

    /** @param link whose Redis has them */
    public RedisBuckets(RedisLink<byte[]> link) {
        this.link = link;
    }

    @Override
    public CompletableFuture<Duration> take(Bucket bucket) {
        return proxy(bucket).tryConsumeAndReturnRemaining(1).thenApply(RedisBuckets::untilThereIsOne);
    }

    private static Duration untilThereIsOne(ConsumptionProbe probe) {
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    @Override
    public CompletableFuture<?> look(Bucket bucket) {
        return proxy(bucket).getAvailableTokens();
    }

    private AsyncBucketProxy proxy(Bucket bucket) {
        StatefulRedisConnection<String, byte[]> open = link.connection();
        if (open == null) {
            throw new RedisException("there is no connection");
        }
        Connected now = connected;
        if (now == null || !now.connection.equals(open)) {
            // Two threads may make one each: what they share is in Redis.
            now = new Connected(open);
            connected = now;
        }
        return now.bucket(bucket);
    }
}
