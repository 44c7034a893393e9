package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one parameter of the search space. */
final class ParameterReader {
    private static final double ANY = Double.POSITIVE_INFINITY;

    private final Section section;
    private final List<String> problems;

    ParameterReader(Section section, List<String> problems) {
        this.section = section;
        this.problems = problems;
    }

    /**
     * Reads it.
     *
     * @param grid whether every combination is tried, for which an interval needs steps or a number of points
     * @return empty, with a note, if it cannot be searched
     */
    Optional<Parameter> read(String name, boolean grid) {
        int before = problems.size();
        @Nullable DocumentPath path = path(name);
        Map<DocumentPath, List<JsonNode>> when = when();
        Domain domain = section.has("choices") ? choices() : interval(grid);
        section.rejectOthers();
        return path == null || problems.size() > before
                ? Optional.empty()
                : Optional.of(new Parameter(path, domain, when));
    }

    private @Nullable DocumentPath path(String text) {
        try {
            DocumentPath path = DocumentPath.parse(text);
            if (path.steps().getFirst().equals(new DocumentPath.Step.Field("search"))) {
                throw new InvalidInput(text, "the search cannot search itself");
            }
            return path;
        } catch (InvalidInput e) {
            problems.add(section.path("").replaceFirst("\\.$", "") + ": " + e.rule());
            return null;
        }
    }

    private Map<DocumentPath, List<JsonNode>> when() {
        Map<DocumentPath, List<JsonNode>> when = new LinkedHashMap<>();
        var conditions = section.section("when");
        conditions.others().forEach((path, node) -> {
            List<JsonNode> values = new ArrayList<>();
            (node.isArray() ? node : List.of(node)).forEach(values::add);
            if (values.isEmpty() || values.stream().anyMatch(JsonNode::isContainerNode)) {
                conditions.problem(path, "expected a value or a list of values, found " + node);
            }
            try {
                when.put(DocumentPath.parse(path), values);
            } catch (InvalidInput e) {
                conditions.problem(path, e.rule());
            }
        });
        return when;
    }

    private Domain choices() {
        List<JsonNode> choices = section.list("choices", "a list of values, such as [[64], [128, 64]]");
        Set<String> distinct = new HashSet<>();
        for (JsonNode choice : choices) {
            if (!distinct.add(Json.write(choice))) {
                section.problem("choices", choice + " is there twice");
            }
        }
        if (choices.isEmpty()) {
            section.problem("choices", "expected at least one value");
        }
        return new Domain.Choices(choices);
    }

    private Domain interval(boolean grid) {
        boolean log = Flags.read(section, "log", false);
        boolean integer = Flags.read(section, "integer", false);
        double low = section.requiredNumber("low", -ANY, ANY);
        double high = section.requiredNumber("high", -ANY, ANY);
        if (section.has("low") && section.has("high") && !(low < high)) {
            section.problem("high", "expected more than low, " + low + ", found " + high);
        }
        if (log && section.has("low") && !(low > 0)) {
            section.problem("low", "expected more than 0 on a logarithmic scale, found " + low);
        }
        if (integer && (low != Math.rint(low) || high != Math.rint(high))) {
            section.problem("integer", "expected whole numbers as low and high, found " + low + " and " + high);
        }
        double step = step(log, integer, high - low);
        int points = section.has("points") ? (int) section.whole("points", 2, 2, 10_000) : 0;
        if (grid && points == 0 && step == 0) {
            section.problem("points", "missing: expected how many values a grid takes, or a step");
        }
        return new Domain.Interval(low, high, log, step, integer, points);
    }

    private double step(boolean log, boolean integer, double range) {
        double step = section.number("step", integer ? 1 : 0, Double.MIN_VALUE, ANY);
        if (section.has("step") && log) {
            section.problem("step", "not together with log: expected one of them");
        }
        if (section.has("step") && step > range) {
            section.problem("step", "expected at most high - low, " + range + ", found " + step);
        }
        if (integer && step != Math.rint(step)) {
            section.problem("step", "expected a whole number, as the values are, found " + step);
        }
        return step;
    }
}
