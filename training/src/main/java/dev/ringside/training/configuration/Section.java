package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.kpi.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a YAML document. Reading a field that is missing or wrong notes the problem under the field's path and
 * gives a stand-in, so that all problems of a document are found in one reading.
 */
final class Section {
    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (!node.isObject() && !node.isMissingNode()) {
            problems.add((path.isEmpty() ? "the document" : path) + ": expected fields, found " + node);
        }
    }

    boolean has(String field) {
        known.add(field);
        return node.hasNonNull(field);
    }

    void problem(String field, String rule) {
        problems.add(path(field) + ": " + rule);
    }

    /** A text; a number is taken as it is written. */
    @Nullable
    String optionalText(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = node.get(field);
        if (value.isContainerNode()) {
            problem(field, "expected a text, found " + value);
            return null;
        }
        return value.asText();
    }

    String text(String field, String example) {
        String value = optionalText(field);
        if (value == null || value.isBlank()) {
            if (!node.path(field).isContainerNode()) {
                problem(field, "missing: expected " + example);
            }
            return "";
        }
        return value;
    }

    /** A name that may stand in a URL. */
    String name(String field, String example) {
        String value = text(field, example);
        if (!value.isEmpty()) {
            try {
                Names.check(field, value);
            } catch (InvalidInput e) {
                problems.add(e.within(path).getMessage().replaceFirst("^'\\.?([^']*)'", "$1"));
            }
        }
        return value;
    }

    /** A number between two bounds, both allowed; the stand-in where it is missing. */
    double number(String field, double standIn, double least, double most) {
        if (!has(field)) {
            return standIn;
        }
        JsonNode value = node.get(field);
        if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
            problem(field, "expected a number" + bounds(least, most) + ", found " + value);
            return standIn;
        }
        return value.asDouble();
    }

    double requiredNumber(String field, double least, double most) {
        if (!has(field)) {
            problem(field, "missing: expected a number" + bounds(least, most));
        }
        return number(field, least, least, most);
    }

    /** A whole number between two bounds, both allowed; the stand-in where it is missing. */
    long whole(String field, long standIn, long least, long most) {
        if (!has(field)) {
            return standIn;
        }
        JsonNode value = node.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
            problem(field, "expected a whole number from " + least + " to " + most + ", found " + value);
            return standIn;
        }
        return value.asLong();
    }

    /** A whole number of 1 or more; the stand-in where it is missing. */
    int size(String field, int standIn) {
        return (int) whole(field, standIn, 1, Integer.MAX_VALUE);
    }

    /** The section under a field, empty where there is none. */
    Section section(String field) {
        return new Section(path(field), has(field) ? node.get(field) : MissingNode.getInstance(), problems);
    }

    /** The elements of a list, none where there is none. */
    List<JsonNode> list(String field, String example) {
        if (!has(field)) {
            problem(field, "missing: expected " + example);
            return List.of();
        }
        JsonNode value = node.get(field);
        if (!value.isArray()) {
            problem(field, "expected " + example + ", found " + value);
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    /** The fields that were not asked for yet, each taken as known from here on. */
    Map<String, JsonNode> others() {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (known.add(field.getKey())) {
                others.put(field.getKey(), field.getValue());
            }
        });
        return others;
    }

    /** Notes the fields that nobody asked for, with the nearest that there is. */
    void rejectOthers() {
        Set<String> expected = new LinkedHashSet<>(known);
        for (String field : others().keySet()) {
            problem(field, Spelling.unknown(field, expected));
        }
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String bounds(double least, double most) {
        if (Double.isInfinite(most)) {
            return Double.isInfinite(least) ? "" : " of " + least + " or more";
        }
        return " from " + least + " to " + most;
    }
}
