package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How a network takes in encoded rows: parts of a kind together, the kinds side by side.
 *
 * @param groups at least one
 */
record Inputs(List<InputGroup> groups) {
    static Inputs of(List<Part> parts) {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> oneHot = new ArrayList<>();
        List<InputGroup> embedded = new ArrayList<>();
        Map<Integer, List<Integer>> piecewise = new LinkedHashMap<>();
        Map<Part.Periodic, List<Integer>> periodic = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Numbers _ -> numbers.add(i);
                case Part.OneHot _ -> oneHot.add(i);
                case Part.Embedded _ -> embedded.add(EmbeddedInput.of(parts, i));
                case Part.Steps steps -> embedded.add(new StepsInput("steps" + i, i, steps));
                case Part.EmbeddedSteps steps -> embedded.add(new EmbeddedStepsInput("texts" + i, i, steps));
                case Part.Piecewise(float[] _, int dimensions) ->
                    piecewise
                            .computeIfAbsent(dimensions, _ -> new ArrayList<>())
                            .add(i);
                case Part.Periodic part ->
                    periodic.computeIfAbsent(part, _ -> new ArrayList<>()).add(i);
            }
        }
        List<InputGroup> groups = new ArrayList<>();
        if (!numbers.isEmpty()) {
            groups.add(NumberInputs.of(parts, numbers));
        }
        if (!oneHot.isEmpty()) {
            groups.add(OneHotInputs.of(parts, oneHot));
        }
        groups.addAll(embedded);
        piecewise.forEach((dimensions, places) -> groups.add(PiecewiseInputs.of(parts, places, dimensions)));
        periodic.forEach((part, places) ->
                groups.add(new PeriodicInputs("periodic" + places.getFirst(), List.copyOf(places), part)));
        return new Inputs(List.copyOf(groups));
    }

    int outputs() {
        return groups.stream().mapToInt(InputGroup::outputs).sum();
    }

    void initialise(Weights weights, RandomGenerator random) {
        groups.forEach(group -> group.initialise(weights, random));
    }

    /** Where each number of a row comes from. */
    List<InputGroup.Source> sources() {
        return groups.stream().flatMap(group -> group.sources().stream()).toList();
    }

    List<Tensor> tensors(Encoded rows) {
        return groups.stream().map(group -> group.tensor(rows)).toList();
    }

    /** Some rows, a tensor a group, become [rows, outputs]. */
    Tensor forward(List<Tensor> rows, Parameters parameters) {
        if (groups.size() == 1) {
            return groups.getFirst().forward(rows.getFirst(), parameters);
        }
        var columns = new TensorVector();
        for (int i = 0; i < groups.size(); i++) {
            columns.push_back(groups.get(i).forward(rows.get(i), parameters));
        }
        return torch.cat(columns, 1);
    }

    String export(Graph graph, List<String> parts, Weights weights) {
        List<String> columns = groups.stream()
                .map(group -> group.export(graph, parts, weights))
                .toList();
        return columns.size() == 1
                ? columns.getFirst()
                : graph.node("Concat", "encoded", columns, Attributes.of("axis", 1));
    }
}
