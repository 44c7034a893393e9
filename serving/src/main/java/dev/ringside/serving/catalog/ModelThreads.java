package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads on which one model file runs, and the bounded queue before them: by priority, then in the order of coming.
 *
 * <p>Requests come on virtual threads, and a native call pins the carrier beneath one. A slow challenger run there would
 * soon hold every carrier of the process: nobody could take a request, nor notice that a deadline has passed. On threads
 * of its own it holds up itself only.
 */
final class ModelThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final Semaphore places;
    private final AtomicLong arrivals = new AtomicLong();
    private final int queue;

    /**
     * @param name of its threads
     * @param width how many run at the same time
     * @param queue how many may wait
     */
    ModelThreads(String name, int width, int queue) {
        this.queue = queue;
        this.places = new Semaphore(width + queue);
        this.threads = new ThreadPoolExecutor(
                width,
                width,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name, 1).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs work here and waits for it until the call's deadline. A caller that gives up, or is interrupted, leaves work
     * that has begun to itself; what has not begun is never done.
     *
     * @param inFlight the caller is inside; it leaves when the work has ended, or will not begin
     * @throws ExecutionException with what the work threw
     * @throws InferenceFailure {@code UNAVAILABLE} if too many wait, {@code DEADLINE} if it did not end in time or the
     *     caller was interrupted
     */
    <T> T run(Callable<T> work, Call call, InFlight inFlight) throws ExecutionException {
        var run = new Run<>(work, inFlight, call.rank(), arrivals.getAndIncrement());
        if (!places.tryAcquire()) {
            inFlight.leave();
            throw new InferenceFailure(Cause.UNAVAILABLE, "overloaded: " + queue + " requests wait, no more may");
        }
        try {
            threads.execute(run);
        } catch (RejectedExecutionException e) {
            run.giveUp();
            throw new InferenceFailure(Cause.UNAVAILABLE, "it is being closed", e);
        }
        try {
            return run.result.get(call.deadline().nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(run);
            throw new InferenceFailure(Cause.DEADLINE, "no answer before the deadline", e);
        } catch (InterruptedException e) {
            giveUp(run);
            Thread.currentThread().interrupt();
            throw new InferenceFailure(Cause.DEADLINE, "the caller did not wait for the answer", e);
        }
    }

    /** How many wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    private void giveUp(Run<?> run) {
        if (run.giveUp()) {
            threads.remove(run);
        }
    }

    /** Ends its threads; nothing may be under way. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private final class Run<T> implements Runnable, Comparable<Run<?>> {
        private final Callable<T> work;
        private final InFlight inFlight;
        private final int rank;
        private final long arrival;
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Run(Callable<T> work, InFlight inFlight, int rank, long arrival) {
            this.work = work;
            this.inFlight = inFlight;
            this.rank = rank;
            this.arrival = arrival;
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
                leave();
            }
        }

        /** Whether it had not begun; it never will. */
        boolean giveUp() {
            if (!taken.compareAndSet(false, true)) {
                return false;
            }
            leave();
            return true;
        }

        private void leave() {
            places.release();
            inFlight.leave();
        }

        @Override
        public int compareTo(Run<?> other) {
            return rank == other.rank ? Long.compare(arrival, other.arrival) : Integer.compare(rank, other.rank);
        }
    }
}
