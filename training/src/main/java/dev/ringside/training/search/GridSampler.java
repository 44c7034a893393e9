package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every combination of every parameter's grid, the last parameter's values first. A parameter that a combination does
 * not ask for makes no further ones.
 */
final class GridSampler implements Sampler {
    private final List<SearchSpace.Point> points;

    private GridSampler(List<SearchSpace.Point> points) {
        this.points = points;
    }

    /**
     * Counts through the combinations.
     *
     * @param limit where to stop
     */
    static GridSampler of(SearchSpace space, JsonNode document, int limit) {
        List<SearchSpace.Point> points = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        do {
            points.add(space.point(
                    document,
                    parameter -> parameter.domain().grid()[places.computeIfAbsent(parameter.name(), _ -> 0)]));
        } while (points.size() < limit && advance(space, points.getLast(), places));
        return new GridSampler(points);
    }

    /** Moves the last active parameter that has a further value, and those after it to their first. */
    private static boolean advance(SearchSpace space, SearchSpace.Point last, Map<String, Integer> places) {
        for (Parameter parameter : space.parameters().reversed()) {
            Integer place = last.coordinates().containsKey(parameter.name()) ? places.get(parameter.name()) : null;
            places.remove(parameter.name());
            if (place != null && place + 1 < parameter.domain().grid().length) {
                places.put(parameter.name(), place + 1);
                return true;
            }
        }
        return false;
    }

    /** How many combinations there are, up to the limit. */
    int size() {
        return points.size();
    }

    @Override
    public Optional<SearchSpace.Point> next(int trial, long seed, JsonNode document, History history) {
        return trial < points.size() ? Optional.of(points.get(trial)) : Optional.empty();
    }
}
