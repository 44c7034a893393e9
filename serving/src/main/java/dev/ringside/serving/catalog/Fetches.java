package dev.ringside.serving.catalog;

import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.VersionState.Fetching;
import dev.ringside.serving.catalog.VersionState.Waiting;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The attempts to fetch what versions need: each ends within its time, and after one that failed the next waits, twice as
 * long each time. Owned by the catalog's thread.
 */
final class Fetches {
    private final ServingConfig config;
    private final Artefacts artefacts;
    private final LongSupplier ticker;
    private final Transitions transitions;
    private final Ended ended;

    /** Hears that an attempt has ended, on the attempt's thread. */
    @FunctionalInterface
    interface Ended {
        void ended(Load load, int attempt, Fetch.Result result);
    }

    Fetches(ServingConfig config, Artefacts artefacts, LongSupplier ticker, Transitions transitions, Ended ended) {
        this.config = config;
        this.artefacts = artefacts;
        this.ticker = ticker;
        this.transitions = transitions;
        this.ended = ended;
    }

    /** Begins an attempt. */
    void start(Load load, Fetching fetching) {
        transitions.enter(load, fetching);
        long deadline = ticker.getAsLong() + config.fetchTimeout().toNanos();
        load.fetch(Fetch.start(
                load.desired(), artefacts, deadline, result -> ended.ended(load, fetching.attempt(), result)));
    }

    /** An attempt has failed. */
    void failed(Load load, Fetching fetching, String reason) {
        load.fetch(null);
        again(load, fetching.toWaiting("fetching its file: " + reason));
    }

    /** An attempt has failed, and the next is to come. */
    void again(Load load, Waiting waiting) {
        load.retryAt(ticker.getAsLong() + delay(waiting.attempt()));
        transitions.enter(load, waiting);
    }

    private long delay(int failures) {
        long most = config.retryAtMost().toNanos();
        long delay = config.retryAfter().toNanos();
        for (int i = 1; i < failures && delay < most; i++) {
            delay *= 2;
        }
        return Math.min(delay, most);
    }

    /** Nobody wants the version any more. */
    void giveUp(Load load) {
        Fetch fetch = load.fetch();
        if (fetch != null) {
            fetch.giveUp();
            load.fetch(null);
        }
    }

    /** Gives up what has taken too long and begins what has waited long enough. */
    void onTime(List<Load> loads) {
        long now = ticker.getAsLong();
        for (Load load : loads) {
            Fetch fetch = load.fetch();
            if (load.state() instanceof Fetching fetching && fetch != null && now - fetch.deadline() >= 0) {
                fetch.giveUp();
                failed(
                        load,
                        fetching,
                        "it did not come within " + config.fetchTimeout().toMillis() + " ms");
            } else if (load.state() instanceof Waiting waiting && now - load.retryAt() >= 0) {
                start(load, waiting.toFetching());
            }
        }
    }

    /** How many nanoseconds until {@link #onTime} has something to do. */
    long untilNext(List<Load> loads) {
        long now = ticker.getAsLong();
        long least = Long.MAX_VALUE;
        for (Load load : loads) {
            Fetch fetch = load.fetch();
            if (fetch != null) {
                least = Math.min(least, fetch.deadline() - now);
            } else if (load.state() instanceof Waiting) {
                least = Math.min(least, load.retryAt() - now);
            }
        }
        return Math.max(0, least);
    }
}
