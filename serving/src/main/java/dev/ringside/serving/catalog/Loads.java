package dev.ringside.serving.catalog;

import dev.ringside.engine.ModelFailure;
import dev.ringside.serving.catalog.VersionState.Verifying;
import dev.ringside.serving.catalog.VersionState.Warming;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The loads under way: each on a platform thread of its own, a few at a time, each with a deadline. Native code cannot be
 * stopped, so a load that takes too long is left to itself: its place is free again, its version is overdue, and what it
 * may still bring is taken. Owned by the catalog's thread.
 */
final class Loads {
    private static final int AT_ONCE = 4;

    private final Loader loader;
    private final Duration deadline;
    private final LongSupplier ticker;
    private final Transitions transitions;
    private final Listener listener;
    private final Map<Load, Long> running = new LinkedHashMap<>();
    private final ArrayDeque<Ready> waiting = new ArrayDeque<>();

    private record Ready(Load load, Fetch.Fetched files) {}

    /** How a load ended. */
    sealed interface Result {
        /** It can be published. */
        record Loaded(ServedVersion version) implements Result {}

        /** Nothing of it is open. */
        record NotLoaded(Throwable cause) implements Result {}
    }

    /** Hears of the loads, on their threads. */
    interface Listener {
        /** It is right, and is being warmed. */
        void verified(Load load);

        /** It is over. */
        void ended(Load load, Result result);

        /** A version that was closed has no request under way any more. */
        void drained(Load load);
    }

    Loads(Loader loader, Duration deadline, LongSupplier ticker, Transitions transitions, Listener listener) {
        this.loader = loader;
        this.deadline = deadline;
        this.ticker = ticker;
        this.transitions = transitions;
        this.listener = listener;
    }

    /** Begins a load, now or when there is a place. */
    void start(Load load, VersionState.Fetching fetching, Fetch.Fetched files) {
        transitions.enter(load, fetching.toVerifying());
        waiting.add(new Ready(load, files));
        startNext();
    }

    private void startNext() {
        while (running.size() < AT_ONCE && !waiting.isEmpty()) {
            Ready next = waiting.remove();
            if (next.load.state() instanceof Verifying) {
                running.put(next.load, ticker.getAsLong() + deadline.toNanos());
                Thread.ofPlatform().daemon().name("serving-load").start(() -> listener.ended(next.load, load(next)));
            }
        }
    }

    private Result load(Ready ready) {
        Load load = ready.load;
        try {
            return new Result.Loaded(loader.load(
                    load.desired(), ready.files, () -> listener.drained(load), () -> listener.verified(load)));
        } catch (ModelFailure | RuntimeException | Error e) {
            return new Result.NotLoaded(e);
        }
    }

    /** A load is over, in time or not. */
    void ended(Load load) {
        running.remove(load);
        startNext();
    }

    /** Gives up what has taken too long. */
    void onTime() {
        long now = ticker.getAsLong();
        List<Load> late = running.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= 0)
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(this::overdue);
        startNext();
    }

    private void overdue(Load load) {
        running.remove(load);
        switch (load.state()) {
            case Verifying verifying -> transitions.enter(load, verifying.toOverdue(deadline));
            case Warming warming -> transitions.enter(load, warming.toOverdue(deadline));
            // Nobody waits for it any more.
            case VersionState.Closed _ -> {}
            case VersionState.Fetching s -> throw unexpected(load, s);
            case VersionState.Waiting s -> throw unexpected(load, s);
            case VersionState.Serving s -> throw unexpected(load, s);
            case VersionState.Draining s -> throw unexpected(load, s);
            case VersionState.Failed s -> throw unexpected(load, s);
            case VersionState.Overdue s -> throw unexpected(load, s);
        }
    }

    private static IllegalStateException unexpected(Load load, VersionState state) {
        return new IllegalStateException(load.desired().key() + " is being loaded while it is " + state.words());
    }

    /** How many nanoseconds until {@link #onTime} has something to do. */
    long untilNext() {
        long now = ticker.getAsLong();
        return running.values().stream()
                .mapToLong(end -> Math.max(0, end - now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether a load is under way for which somebody still waits. */
    boolean any() {
        return !running.isEmpty();
    }
}
