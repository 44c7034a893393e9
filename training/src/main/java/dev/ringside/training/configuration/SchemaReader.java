package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.validation.ColumnRule;
import dev.ringside.training.validation.Range;
import dev.ringside.training.validation.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads what columns are expected to hold, as {@link Schema#yaml()} writes it and people edit it. */
final class SchemaReader {
    private SchemaReader() {}

    static Schema read(Section schema) {
        SequencedMap<String, ColumnRule> rules = new LinkedHashMap<>();
        Section columns = schema.section("columns");
        for (String name : columns.others().keySet()) {
            ColumnRule rule = rule(columns.section(name));
            if (rule != null) {
                rules.put(name, rule);
            }
        }
        if (!schema.has("columns")) {
            schema.problem("columns", "missing: expected such as {age: {type: integer, range: [18, 95]}}");
        }
        schema.rejectOthers();
        return new Schema(rules);
    }

    private static @Nullable ColumnRule rule(Section column) {
        FeatureType type = FeatureReader.type(column);
        Range range = range(column, "range");
        List<String> values = texts(column);
        Range length = range(column, "length");
        double missing = column.number("missing", 1, 0, 1);
        double outside = column.number("outside", 0, 0, 1);
        column.rejectOthers();
        if (type == null) {
            return null;
        }
        boolean text = type == FeatureType.CATEGORY || type == FeatureType.CATEGORIES;
        if (range != null && text) {
            column.problem("range", "texts have none: expected values");
        }
        if (values != null && !text) {
            column.problem("values", "numbers have a range: expected range");
        }
        if (length != null && !type.list()) {
            column.problem("length", "only lists have one");
        }
        return new ColumnRule(type, range, values, length, missing, outside);
    }

    private static @Nullable Range range(Section column, String field) {
        if (!column.has(field)) {
            return null;
        }
        List<JsonNode> bounds = column.list(field, "[LEAST, GREATEST]");
        if (bounds.size() != 2 || !bounds.stream().allMatch(JsonNode::isNumber)) {
            column.problem(field, "expected two numbers, [LEAST, GREATEST], found " + bounds);
            return null;
        }
        double least = bounds.getFirst().asDouble();
        double greatest = bounds.getLast().asDouble();
        if (least > greatest) {
            column.problem(field, "expected two numbers in order, found " + bounds);
            return null;
        }
        return new Range(least, greatest);
    }

    private static @Nullable List<String> texts(Section column) {
        if (!column.has("values")) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        column.list("values", "a list of texts").forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
