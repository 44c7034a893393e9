package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads on which one model file runs, and the bounded queue before them.
 *
 * <p>Requests come on virtual threads, and a native call pins the carrier beneath one. A slow challenger run there would
 * soon hold every carrier of the process: nobody could take a request, nor notice that a deadline has passed. On threads
 * of its own it holds up itself only.
 */
final class Lane implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final int queue;

    /**
     * @param name of its threads
     * @param width how many run at the same time
     * @param queue how many may wait
     */
    Lane(String name, int width, int queue) {
        this.queue = queue;
        this.threads = new ThreadPoolExecutor(
                width,
                width,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name(name, 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs work here and waits for it. A caller that is interrupted gives up; work that has not begun is then never done.
     *
     * @param usage the caller is inside; it leaves when the work has ended, or will not begin
     * @throws ExecutionException with what the work threw
     * @throws InferenceFailure {@code UNAVAILABLE} if too many wait, {@code DEADLINE} if the caller was interrupted
     */
    <T> T run(Callable<T> work, Usage usage) throws ExecutionException {
        var call = new Call<>(work, usage);
        try {
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            call.giveUp();
            throw new InferenceFailure(Cause.UNAVAILABLE, "overloaded: " + queue + " requests wait, no more may", e);
        }
        try {
            return call.result.get();
        } catch (InterruptedException e) {
            if (call.giveUp()) {
                threads.remove(call);
            }
            Thread.currentThread().interrupt();
            throw new InferenceFailure(Cause.DEADLINE, "the caller did not wait for the answer", e);
        }
    }

    /** Ends its threads; nothing may be under way. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private static final class Call<T> implements Runnable {
        private final Callable<T> work;
        private final Usage usage;
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Call(Callable<T> work, Usage usage) {
            this.work = work;
            this.usage = usage;
        }

        @Override
        public void run() {
            if (!taken.compareAndSet(false, true)) {
                return;
            }
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                usage.leave();
            }
        }

        /** Whether it had not begun; it never will. */
        boolean giveUp() {
            if (!taken.compareAndSet(false, true)) {
                return false;
            }
            usage.leave();
            return true;
        }
    }
}
