package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code search} of a training document.
 *
 * @param method how places are chosen
 * @param startup how many trials {@code tpe} takes at random first; default 10
 * @param trials how many trials there are; default 60, for a grid all its places
 * @param parallel how many run at once; default 1
 * @param reproducible whether a trial waits until what it is decided from has ended; default true
 * @param deadline of each start of the search: after it no trial starts, and those that run are stopped and are run
 *     again when the search is started again; null for none
 * @param trialDeadline of each trial, which then has failed; null for none
 * @param grace how long a trial that is told to stop may take before it is ended; default 10s
 * @param metric the metric's name, such as {@code validation.auc}
 * @param direction which values are better
 * @param seed default: the document's
 * @param seedAt where a trial's own seed is put into its document; null to leave the document's seed to all trials
 * @param space what is searched
 * @param pruner which trials are stopped before their end
 */
public record SearchSettings(
        Method method,
        int startup,
        int trials,
        int parallel,
        boolean reproducible,
        @Nullable Duration deadline,
        @Nullable Duration trialDeadline,
        Duration grace,
        String metric,
        Direction direction,
        long seed,
        @Nullable DocumentPath seedAt,
        SearchSpace space,
        Pruner pruner) {
    /** How places are chosen. */
    public enum Method {
        /** Every combination. */
        GRID,
        /** Each parameter evenly and independently. */
        RANDOM,
        /** A tree-structured Parzen estimator. */
        TPE
    }

    Sampler sampler(JsonNode document) {
        return switch (method) {
            case GRID -> GridSampler.of(space, document, trials);
            case RANDOM -> new RandomSampler(space);
            case TPE -> new TpeSampler(space, startup);
        };
    }
}
