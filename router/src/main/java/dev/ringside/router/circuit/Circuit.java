package dev.ringside.router.circuit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a store is asked for what one slot needs. Once more of the last requests have waited in vain than not, nobody
 * waits any more: the circuit is open until a question that no request waits for has been answered in time. After that it
 * opens at the first failure, until answers in time have made up for those that came late.
 */
public final class Circuit {
    private static final int OPEN = 10;

    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Question last;
    private @Nullable CompletableFuture<?> probe;

    /** What is asked of the store once no request waits for it any more. */
    private record Question(Supplier<? extends CompletableFuture<?>> asked, Duration budget) {
        CompletableFuture<?> begun() {
            try {
                return asked.get();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    Circuit() {}

    /** Whether no request waits for the store now. */
    public boolean isOpen() {
        return failures.get() >= OPEN;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param question returns at once, whatever the store does
     * @param again what is asked without any request that waits, while the store is given up; it changes nothing
     * @param budget how long the request waits
     * @throws NotAnswered if there is no answer in time, or it was not asked
     */
    public <T> T ask(
            Supplier<CompletableFuture<T>> question, Supplier<? extends CompletableFuture<?>> again, Duration budget)
            throws NotAnswered {
        if (isOpen()) {
            throw new NotAnswered(NotAnswered.Why.AWAY);
        }
        try {
            T answer = begun(question).get(budget.toNanos(), TimeUnit.NANOSECONDS);
            answered();
            return answer;
        } catch (TimeoutException e) {
            failed(new Question(again, budget));
            throw new NotAnswered(NotAnswered.Why.LATE);
        } catch (ExecutionException e) {
            failed(new Question(again, budget));
            throw new NotAnswered(NotAnswered.Why.AWAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAnswered(NotAnswered.Why.AWAY);
        }
    }

    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered() {
        if (failures.get() > 0) {
            failures.updateAndGet(n -> n > 0 && n < OPEN ? n - 1 : n);
        }
    }

    private void failed(Question question) {
        last = question;
        failures.updateAndGet(n -> Math.min(OPEN, n + 1));
    }

    /** Asks a question that no request waits for, unless the last such one is not answered yet. Of one thread. */
    void probe() {
        Question question = last;
        if (question == null || !isOpen() || (probe != null && !probe.isDone())) {
            return;
        }
        CompletableFuture<?> asked = question.begun();
        probe = asked;
        try {
            asked.get(question.budget().toNanos(), TimeUnit.NANOSECONDS);
            failures.compareAndSet(OPEN, OPEN - 1);
        } catch (TimeoutException | ExecutionException e) {
            // Not yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
