package dev.ringside.router.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Buckets of tokens from which all routers draw. Called by many threads at once. */
public interface SharedBuckets {
    /**
     * A bucket; one that is not there yet is full.
     *
     * @param key its name, of which the numbers are a part: a bucket never changes them
     * @param perSecond how many tokens come back in a second
     * @param burst how many it holds
     */
    record Bucket(String key, int perSecond, int burst) {}

    /**
     * Takes a token. Returns at once, whatever the store does, and is not told when nobody waits for the answer any more.
     *
     * @return zero if it was taken, else how long it is until there is one; fails where the store cannot be asked
     */
    CompletableFuture<Duration> take(Bucket bucket);

    /** Completes if the store answers; takes nothing. */
    CompletableFuture<?> look(Bucket bucket);
}
