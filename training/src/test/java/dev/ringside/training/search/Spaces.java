package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Documents with something to search, and searches without a log. */
final class Spaces {
    private Spaces() {}

    static ObjectNode document(String yaml) {
        return (ObjectNode) Json.readYaml(yaml, JsonNode.class);
    }

    static SearchSettings settings(String yaml) {
        return SearchReader.read("search.yaml", document(yaml));
    }

    /** Runs trials one after the other, with nothing but a sampler. */
    static History run(
            Sampler sampler, long seed, int trials, JsonNode document, ToDoubleFunction<ObjectNode> function) {
        List<TrialRecord> records = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            Optional<SearchSpace.Point> point =
                    sampler.next(i, Seeds.ofDecision(seed, i), document, new History(records, Direction.MINIMISE));
            if (point.isEmpty()) {
                break;
            }
            records.add(
                    finished(i, point.get(), function.applyAsDouble(point.get().document())));
        }
        return new History(records, Direction.MINIMISE);
    }

    static TrialRecord finished(int number, SearchSpace.Point point, double value) {
        return new TrialRecord(
                number,
                1,
                0,
                point.coordinates(),
                "",
                List.of(),
                new TrialRecord.State.Finished(Measured.of(value), 0));
    }
}
