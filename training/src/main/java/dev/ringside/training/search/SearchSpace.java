package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The parameters of a search. Values are put into the document one by one, those first on which others depend, so that
 * a condition is asked of the document as it has become.
 */
public final class SearchSpace {
    private final List<Parameter> parameters;

    /**
     * @param parameters in any order
     * @throws IllegalArgumentException if some depend on each other in a circle
     */
    SearchSpace(List<Parameter> parameters) {
        this.parameters = ordered(parameters);
    }

    /**
     * A place in the space.
     *
     * @param coordinates coordinate of each active parameter, by name
     * @param document what is trained there: the whole document, without the section {@code search}
     */
    record Point(Map<String, Double> coordinates, ObjectNode document) {}

    /** The parameters, each after those on which it depends. */
    List<Parameter> parameters() {
        return parameters;
    }

    /** The paths that are searched. */
    public List<String> paths() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /**
     * Walks through the parameters and decides each that is active.
     *
     * @param document the document that is searched around; it stays as it is
     * @param choice the coordinate to take, asked of active parameters only
     */
    Point point(JsonNode document, ToDoubleFunction<Parameter> choice) {
        ObjectNode decided = document.deepCopy();
        decided.remove("search");
        Map<String, Double> coordinates = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.active(decided)) {
                double coordinate = choice.applyAsDouble(parameter);
                coordinates.put(parameter.name(), coordinate);
                parameter
                        .path()
                        .set(decided, parameter.domain().value(coordinate).deepCopy());
            } else {
                parameter.path().remove(decided);
            }
        }
        return new Point(coordinates, decided);
    }

    /** The values of a point's parameters, by name. */
    Map<String, JsonNode> values(Map<String, Double> coordinates) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Double coordinate = coordinates.get(parameter.name());
            if (coordinate != null) {
                values.put(parameter.name(), parameter.domain().value(coordinate));
            }
        }
        return values;
    }

    /**
     * Documents in which each bound and each choice stands at least once, the others at their first: whoever reads them
     * all before a search starts knows whether every value is one that the document's reader takes.
     *
     * @param document the document that is searched around
     */
    public List<ObjectNode> probes(JsonNode document) {
        List<ObjectNode> probes = new ArrayList<>();
        for (Parameter probed : parameters) {
            double[] coordinates = switch (probed.domain()) {
                case Domain.Interval interval -> new double[] {interval.low(), interval.high()};
                case Domain.Choices choices -> choices.grid();
            };
            for (double coordinate : coordinates) {
                probes.add(point(
                                document,
                                parameter -> parameter.equals(probed)
                                        ? coordinate
                                        : parameter.domain().fromUnit(0))
                        .document());
            }
        }
        return probes.stream().distinct().toList();
    }

    private static List<Parameter> ordered(List<Parameter> parameters) {
        List<Parameter> left = new ArrayList<>(parameters);
        List<Parameter> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Parameter next = left.stream()
                    .filter(parameter ->
                            left.stream().noneMatch(other -> !other.equals(parameter) && parameter.dependsOn(other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("these depend on each other in a circle: "
                            + left.stream().map(Parameter::name).toList()));
            left.remove(next);
            ordered.add(next);
        }
        return List.copyOf(ordered);
    }
}
