package dev.ringside.app.wiring;

import dev.ringside.app.redis.RedisAddress;
import dev.ringside.app.redis.RedisAnswers;
import dev.ringside.app.redis.RedisBuckets;
import dev.ringside.app.redis.RedisFeatures;
import dev.ringside.app.redis.RedisLink;
import dev.ringside.contract.Closing;
import dev.ringside.router.RouterRole;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a router keeps in Redis: the one that is configured or was started, or none. */
final class RedisBackend implements AutoCloseable {
    private final @Nullable RedisLink<String> texts;
    private final @Nullable RedisLink<byte[]> bytes;
    private final RouterRole.Stores stores;
    private volatile LongConsumer latency = nanos -> {};

    /** Begins to connect; nothing waits for that. */
    RedisBackend(Optional<String> url, LongSupplier ticker) {
        if (url.isEmpty()) {
            this.texts = null;
            this.bytes = null;
            this.stores = new NoRedis().stores();
            return;
        }
        var address = new RedisAddress(url.get());
        RedisLink<String> ofTexts = RedisLink.ofTexts(address).start();
        RedisLink<byte[]> ofBytes = RedisLink.ofBytes(address).start();
        this.texts = ofTexts;
        this.bytes = ofBytes;
        this.stores = new RouterRole.Stores(
                new RedisFeatures(ofTexts, ticker, nanos -> latency.accept(nanos)),
                new RedisBuckets(ofBytes),
                new RedisAnswers(ofBytes));
    }

    /** What the router asks. */
    RouterRole.Stores stores() {
        return stores;
    }

    /** From now on it takes how many nanoseconds answers about features took. */
    void measureBy(LongConsumer timer) {
        latency = timer;
    }

    @Override
    public void close() throws IOException {
        var closing = new Closing();
        closing.close(texts);
        closing.close(bytes);
        closing.end("the connections to Redis");
    }
}
