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
public final class Section {
    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path where the mapping stands in its document; empty for the document itself
     * @param node the mapping, or a missing node where there is none
     * @param problems takes what is found wrong, one sentence each, beginning with the field's path
     */
    public Section(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (!node.isObject() && !node.isMissingNode()) {
            problems.add((path.isEmpty() ? "the document" : path) + ": expected fields, found " + node);
        }
    }

    /** Whether the field is there and not null; it counts as known from here on. */
    public boolean has(String field) {
        known.add(field);
        return node.hasNonNull(field);
    }

    /** Notes a problem of a field. */
    public void problem(String field, String rule) {
        problems.add(path(field) + ": " + rule);
    }

    /** A text; a number is taken as it is written. */
    public @Nullable String optionalText(String field) {
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

    /** A text that must be there; empty, with a note, where it is not. */
    public String text(String field, String example) {
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
    public String name(String field, String example) {
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
    public double number(String field, double standIn, double least, double most) {
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

    /** A number between two bounds that must be there; the lower bound, with a note, where it is not. */
    public double requiredNumber(String field, double least, double most) {
        if (!has(field)) {
            problem(field, "missing: expected a number" + bounds(least, most));
        }
        return number(field, least, least, most);
    }

    /** True or false; the stand-in where it is missing. */
    boolean truth(String field, boolean standIn) {
        if (!has(field)) {
            return standIn;
        }
        String word = node.get(field).asText();
        if (!word.equals("true") && !word.equals("false")) {
            problem(field, "expected true or false, found " + node.get(field));
            return standIn;
        }
        return word.equals("true");
    }

    /** A whole number between two bounds, both allowed; the stand-in where it is missing. */
    public long whole(String field, long standIn, long least, long most) {
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
    public int size(String field, int standIn) {
        return (int) whole(field, standIn, 1, Integer.MAX_VALUE);
    }

    /** The section under a field, empty where there is none. */
    public Section section(String field) {
        return new Section(path(field), has(field) ? node.get(field) : MissingNode.getInstance(), problems);
    }

    /** A field as it stands, a missing node where there is none. */
    JsonNode node(String field) {
        known.add(field);
        return node.path(field);
    }

    /** The elements of a list, none where there is none. */
    public List<JsonNode> list(String field, String example) {
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
    public Map<String, JsonNode> others() {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (known.add(field.getKey())) {
                others.put(field.getKey(), field.getValue());
            }
        });
        return others;
    }

    /** Notes the fields that nobody asked for, with the nearest that there is. */
    public void rejectOthers() {
        Set<String> expected = new LinkedHashSet<>(known);
        for (String field : others().keySet()) {
            problem(field, Spelling.unknown(field, expected));
        }
    }

    /** The path of a field of this section in the whole document. */
    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String bounds(double least, double most) {
        if (Double.isInfinite(most)) {
            return Double.isInfinite(least) ? "" : " of " + least + " or more";
        }
        return " from " + least + " to " + most;
    }
}
