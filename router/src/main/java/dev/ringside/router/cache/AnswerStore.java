package dev.ringside.router.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where answers are kept: bytes under keys, for a time. Called by many threads at once. Returns at once, whatever the store
 * does; what it returns fails where the store cannot be asked.
 */
public interface AnswerStore {
    /** What stands under a key; nothing if nothing does, or no longer. */
    CompletableFuture<Optional<byte[]>> read(String key);

    /**
     * Puts bytes under a key, in the place of what stands there.
     *
     * @param ttl after what time they are gone
     */
    CompletableFuture<?> write(String key, byte[] answer, Duration ttl);
}
