package dev.ringside.router.feature;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether a slot's features are asked for. Once more of the last requests have waited in vain than not, nobody waits any
 * more: the circuit is open until a question that no request waits for has been answered in time. After that it opens
 * at the first failure, until answers in time have made up for those that came late.
 */
final class Circuit {
    private static final int OPEN = 10;

    private final AtomicInteger failures = new AtomicInteger();
    private volatile List<String> lastAsked = List.of();
    private @Nullable CompletableFuture<?> probe;

    boolean isOpen() {
        return failures.get() >= OPEN;
    }

    /** An answer came in time. */
    void answered() {
        if (failures.get() > 0) {
            failures.updateAndGet(n -> n > 0 && n < OPEN ? n - 1 : n);
        }
    }

    /**
     * An answer did not come, or not in time.
     *
     * @param keys what was asked
     */
    void failed(List<String> keys) {
        lastAsked = keys;
        failures.updateAndGet(n -> Math.min(OPEN, n + 1));
    }

    /** A question that no request waits for has been answered in time. */
    void close() {
        failures.compareAndSet(OPEN, OPEN - 1);
    }

    /** What was asked when it opened. */
    List<String> lastAsked() {
        return lastAsked;
    }

    /** Whether the last question that no request waits for has been answered, however late. Of one thread. */
    boolean mayProbe() {
        return probe == null || probe.isDone();
    }

    /** Keeps a question that no request waits for. Of one thread. */
    void probing(CompletableFuture<?> question) {
        probe = question;
    }
}
