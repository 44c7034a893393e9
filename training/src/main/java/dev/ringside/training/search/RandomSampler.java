package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SplittableRandom;

/** Each parameter evenly on its unit scale, independently (Bergstra &amp; Bengio 2012). */
record RandomSampler(SearchSpace space) implements Sampler {
    @Override
    public Optional<SearchSpace.Point> next(int trial, long seed, JsonNode document, History history) {
        var random = new SplittableRandom(seed);
        return Optional.of(space.point(document, parameter -> parameter.domain().fromUnit(random.nextDouble())));
    }
}
