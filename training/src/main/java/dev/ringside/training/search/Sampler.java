package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Decides where the next trial is. It keeps no state: what it gives depends on its arguments alone. */
interface Sampler {
    /**
     * The place of a trial.
     *
     * @param trial its number, from 0
     * @param seed of this decision
     * @param document the document that is searched around
     * @param history the trials before it
     * @return empty if there is no further place
     */
    Optional<SearchSpace.Point> next(int trial, long seed, JsonNode document, History history);
}
