package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the last ten minutes by slot, unit, request id and what was asked: a client that asks again gets the same
 * prediction, and one that asks while the first is under way waits for it. Failures are not kept.
 *
 * <p>Bounded, in number and in bytes: beyond that it forgets the oldest. A repeat that is then predicted anew makes a
 * second record, which first exposure makes harmless.
 */
public final class RecentAnswers {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** What an entry takes beside its key and its tensors: objects, parameters, the map's node. */
    private static final long OVERHEAD = 1024;

    private final int mostAnswers;
    private final long mostBytes;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    /** The oldest first. */
    private final LinkedHashMap<RequestKey, Entry> answers = new LinkedHashMap<>();

    private long bytes;

    private static final class Entry {
        private final long madeAt;
        private final CompletableFuture<InferenceResponse> answer = new CompletableFuture<>();
        private long bytes;

        private Entry(long madeAt, long bytes) {
            this.madeAt = madeAt;
            this.bytes = bytes;
        }
    }

    /**
     * Makes an empty one.
     *
     * @param mostAnswers how many answers are kept at most
     * @param mostBytes how much memory they may take, about
     * @param ticker nanoseconds of a clock that only goes forward
     */
    public RecentAnswers(int mostAnswers, long mostBytes, LongSupplier ticker) {
        if (mostAnswers < 1 || mostBytes < 0) {
            throw new IllegalArgumentException("expected at least one answer of 0 bytes, found " + mostAnswers
                    + " answers of " + mostBytes + " bytes");
        }
        this.mostAnswers = mostAnswers;
        this.mostBytes = mostBytes;
        this.ticker = ticker;
    }

    /**
     * The answer to a request, made once.
     *
     * @param onRepeat called if another request has made it or is making it
     */
    InferenceResponse answer(RequestKey key, Supplier<InferenceResponse> first, Runnable onRepeat) {
        var mine = new Entry(ticker.getAsLong(), OVERHEAD + key.bytes());
        Entry kept = keep(key, mine);
        if (kept != null) {
            onRepeat.run();
            return await(kept.answer);
        }
        try {
            InferenceResponse response = first.get();
            grow(key, mine, size(response));
            mine.answer.complete(response);
            return response;
        } catch (Throwable e) {
            drop(key, mine);
            mine.answer.completeExceptionally(e);
            throw e;
        }
    }

    /** How much memory the answers take, about. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The entry that there is already; null if it is now this one. */
    private @Nullable Entry keep(RequestKey key, Entry mine) {
        lock.lock();
        try {
            Iterator<Entry> oldest = answers.values().iterator();
            while (oldest.hasNext()) {
                Entry entry = oldest.next();
                if (mine.madeAt - entry.madeAt < WINDOW.toNanos()) {
                    break;
                }
                oldest.remove();
                bytes -= entry.bytes;
            }
            Entry before = answers.putIfAbsent(key, mine);
            if (before == null) {
                bytes += mine.bytes;
                forgetOldest();
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void grow(RequestKey key, Entry entry, long by) {
        lock.lock();
        try {
            if (answers.get(key) == entry) {
                entry.bytes += by;
                bytes += by;
                forgetOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(RequestKey key, Entry entry) {
        lock.lock();
        try {
            if (answers.remove(key, entry)) {
                bytes -= entry.bytes;
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetOldest() {
        Iterator<Map.Entry<RequestKey, Entry>> oldest = answers.entrySet().iterator();
        while ((answers.size() > mostAnswers || bytes > mostBytes) && oldest.hasNext()) {
            bytes -= oldest.next().getValue().bytes;
            oldest.remove();
        }
    }

    private static long size(InferenceResponse response) {
        long size = 0;
        for (Tensor output : response.outputs()) {
            size += output.data().bytes();
        }
        return size;
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
