package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs calls that may block, and answers for them when their time is up. A call that is out of time is interrupted; if
 * it goes on nevertheless, it keeps one of its target's places until it ends, and no other target's: a hung challenger
 * cannot take the champion's.
 *
 * <p>Calls run on platform threads: native code that does not come back would hold a carrier of the virtual ones, and a
 * few such calls would stop every request and every deadline.
 */
public final class DeadlineRunner implements AutoCloseable {
    private final int places;
    /** Calls under way by target; a target without any is not there, so that clients cannot fill it with names. */
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("ringside-call-", 1).factory());

    /** @param places how many calls to one target may be under way */
    public DeadlineRunner(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("places is " + places + ", expected 1 or more");
        }
        this.places = places;
    }

    /**
     * Calls, and waits no longer than the deadline.
     *
     * @param target what is called, in words; its calls share their places
     * @param deadline how long from now, wall clock
     * @throws InferenceFailure {@code DEADLINE} when the time is up, {@code UNAVAILABLE} if all places are taken,
     *     {@code FAILED} for anything unforeseen; other unchecked exceptions about the input pass as they are
     */
    public <T> T call(String target, Duration deadline, Callable<T> work) {
        if (!takePlace(target)) {
            throw new InferenceFailure(
                    Cause.UNAVAILABLE, target + " has " + places + " calls under way, which is the bound; try again");
        }
        var task = new FutureTask<>(work);
        try {
            // The place is given back by the thread, not by the task: a task that is cancelled before it starts never
            // runs.
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    leavePlace(target);
                }
            });
        } catch (RejectedExecutionException e) {
            leavePlace(target);
            throw new InferenceFailure(Cause.UNAVAILABLE, "the router is stopping", e);
        }
        return await(target, deadline, task);
    }

    private boolean takePlace(String target) {
        var taken = new AtomicBoolean();
        underWay.compute(target, (t, calls) -> {
            int now = calls == null ? 0 : calls;
            taken.set(now < places);
            return now < places ? Integer.valueOf(now + 1) : calls;
        });
        return taken.get();
    }

    private void leavePlace(String target) {
        underWay.computeIfPresent(target, (t, calls) -> calls == 1 ? null : calls - 1);
    }

    /** How many targets have calls under way. */
    int targets() {
        return underWay.size();
    }

    private static <T> T await(String target, Duration deadline, FutureTask<T> task) {
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new InferenceFailure(
                    Cause.DEADLINE, target + " did not answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InferenceFailure(Cause.UNAVAILABLE, "the request was interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InferenceFailure failure) {
                throw failure;
            }
            if (cause instanceof InvalidInput rule) {
                throw rule;
            }
            throw new InferenceFailure(Cause.FAILED, target + " failed: " + cause, e);
        }
    }

    /** Takes no more calls and interrupts those under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
