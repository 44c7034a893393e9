package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the last ten minutes by slot, unit and request id: a client that asks again gets the same prediction,
 * and one that asks while the first is under way waits for it. Failures are not kept.
 *
 * <p>Bounded: beyond its size it forgets the oldest. A repeat that is then predicted anew makes a second record, which
 * first exposure makes harmless.
 */
public final class Repeats {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final int size;
    private final LongSupplier ticker;
    private final ConcurrentHashMap<Key, Entry> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();

    /** What makes a request the same as another. */
    record Key(String slot, String unit, String requestId) {}

    private static final class Entry {
        private final Key key;
        private final long madeAt;
        private final CompletableFuture<InferenceResponse> answer = new CompletableFuture<>();

        private Entry(Key key, long madeAt) {
            this.key = key;
            this.madeAt = madeAt;
        }
    }

    /**
     * Makes an empty one.
     *
     * @param size how many answers are kept at most
     * @param ticker nanoseconds of a clock that only goes forward
     */
    public Repeats(int size, LongSupplier ticker) {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + ", expected 1 or more");
        }
        this.size = size;
        this.ticker = ticker;
    }

    /**
     * The answer to a request, made once.
     *
     * @param onRepeat called if another request has made it or is making it
     */
    InferenceResponse answer(Key key, Supplier<InferenceResponse> first, Runnable onRepeat) {
        long now = ticker.getAsLong();
        forgetExpired(now);
        var mine = new Entry(key, now);
        Entry kept = answers.putIfAbsent(key, mine);
        if (kept != null) {
            onRepeat.run();
            return await(kept.answer);
        }
        oldestFirst.add(mine);
        if (queued.incrementAndGet() > size) {
            forget(oldestFirst.peek());
        }
        try {
            InferenceResponse response = first.get();
            mine.answer.complete(response);
            return response;
        } catch (Throwable e) {
            answers.remove(key, mine);
            mine.answer.completeExceptionally(e);
            throw e;
        }
    }

    private void forgetExpired(long now) {
        for (Entry oldest = oldestFirst.peek();
                oldest != null && now - oldest.madeAt >= WINDOW.toNanos();
                oldest = oldestFirst.peek()) {
            forget(oldest);
        }
    }

    private void forget(@Nullable Entry entry) {
        if (entry != null && oldestFirst.remove(entry)) {
            queued.decrementAndGet();
            answers.remove(entry.key, entry);
        }
    }

    private static InferenceResponse await(CompletableFuture<InferenceResponse> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailure(InferenceFailure.Cause.UNAVAILABLE, "the request was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new InferenceFailure(InferenceFailure.Cause.FAILED, "the request that this one repeats failed", e);
        }
    }
}
