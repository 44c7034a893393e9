package dev.ringside.training.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The trials that run, each on a thread of its own. What they do comes as messages to one reader, who alone decides.
 *
 * <p>A trial is stopped in three steps: its report is answered with no, or its thread is interrupted; after the grace it
 * is interrupted; after another grace it is given up, and its thread, a daemon, is left to itself.
 */
final class Trials {
    private final Objective objective;
    private final Duration grace;
    private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final Map<Integer, Running> running = new HashMap<>();

    Trials(Objective objective, Duration grace) {
        this.objective = objective;
        this.grace = grace;
    }

    /** What happens. */
    sealed interface Message {
        /** A trial reported and waits for an answer: whether it goes on. */
        record Reported(int trial, int step, double value, CompletableFuture<Boolean> answer) implements Message {}

        /** A trial's thread is at its end. */
        record Ended(int trial, End end) implements Message {}

        /** A trial has not ended within its time, or within the grace after it was told to stop. */
        record Late(int trial) implements Message {}
    }

    /** How a thread ended. */
    sealed interface End {
        /** With a value. */
        record Value(Measured measured) implements End {}

        /** Without. */
        record Failure(String reason) implements End {}
    }

    private static final class Running {
        private final Thread thread;
        private final long since = System.nanoTime();
        private @Nullable Long due;
        private boolean interrupted;

        private Running(Thread thread, @Nullable Duration deadline) {
            this.thread = thread;
            this.due = deadline == null ? null : since + deadline.toNanos();
        }
    }

    void start(Trial trial, @Nullable Duration deadline) {
        Thread thread = Thread.ofPlatform()
                .name("trial-" + trial.number())
                .daemon()
                .unstarted(() -> inbox.add(new Message.Ended(trial.number(), run(trial))));
        running.put(trial.number(), new Running(thread, deadline));
        thread.start();
    }

    private End run(Trial trial) {
        try {
            return new End.Value(objective.evaluate(trial, (step, value) -> report(trial.number(), step, value)));
        } catch (InterruptedException e) {
            return new End.Failure("interrupted");
        } catch (TrialFailure e) {
            return new End.Failure(e.reason());
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError | AssertionError e) {
            return new End.Failure(e.toString());
        }
    }

    private boolean report(int trial, int step, double value) throws InterruptedException {
        var answer = new CompletableFuture<Boolean>();
        inbox.add(new Message.Reported(trial, step, value, answer));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are never failures", e);
        }
    }

    boolean none() {
        return running.isEmpty();
    }

    int count() {
        return running.size();
    }

    List<Integer> numbers() {
        return running.keySet().stream().sorted().toList();
    }

    /**
     * Waits for what happens next.
     *
     * @param until of {@link System#nanoTime()}; null to wait for ever
     * @return null if nothing happened until then
     */
    @Nullable
    Message next(@Nullable Long until) throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            Integer late = running.entrySet().stream()
                    .filter(entry -> entry.getValue().due != null && entry.getValue().due - now <= 0)
                    .map(Map.Entry::getKey)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            Message message = inbox.poll();
            if (message == null && late != null) {
                return new Message.Late(late);
            }
            if (message == null && until != null && until - now <= 0) {
                return null;
            }
            if (message == null) {
                message = inbox.poll(wait(until, now), TimeUnit.NANOSECONDS);
            }
            if (message instanceof Message.Ended(int trial, End _) && !running.containsKey(trial)) {
                continue; // it was given up before
            }
            if (message instanceof Message.Reported reported && !running.containsKey(reported.trial())) {
                reported.answer().complete(false);
                continue;
            }
            if (message != null) {
                return message;
            }
        }
    }

    private long wait(@Nullable Long until, long now) {
        List<Long> waits = new ArrayList<>(List.of(TimeUnit.HOURS.toNanos(1)));
        if (until != null) {
            waits.add(until - now);
        }
        running.values().forEach(trial -> {
            if (trial.due != null) {
                waits.add(trial.due - now);
            }
        });
        return Math.max(0, waits.stream().min(Comparator.naturalOrder()).orElseThrow());
    }

    /** Gives a trial that was answered with no the grace to end. */
    void stopping(int trial) {
        Running stopped = get(trial);
        stopped.due = System.nanoTime() + 2 * grace.toNanos();
    }

    /**
     * Interrupts a trial.
     *
     * @return false if it was interrupted before and has had its grace: the caller gives it up
     */
    boolean interrupt(int trial) {
        Running late = get(trial);
        if (late.interrupted) {
            return false;
        }
        late.interrupted = true;
        late.due = System.nanoTime() + 2 * grace.toNanos() + TimeUnit.SECONDS.toNanos(2);
        late.thread.interrupt();
        return true;
    }

    /**
     * Lets go of a trial that has ended or is given up.
     *
     * @return how long it ran, in seconds
     */
    double remove(int trial) {
        Running ended = get(trial);
        running.remove(trial);
        return (System.nanoTime() - ended.since) / 1e9;
    }

    /** Interrupts all, and waits a while for their ends. */
    void stopAll() {
        running.keySet().forEach(this::interrupt);
        boolean interrupted = Thread.interrupted();
        for (Running each : running.values()) {
            try {
                each.thread.join(grace.multipliedBy(2));
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Running get(int trial) {
        Running known = running.get(trial);
        if (known == null) {
            throw new IllegalStateException("trial " + trial + " is not running");
        }
        return known;
    }
}
