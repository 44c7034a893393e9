package dev.ringside.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** An OpenAPI document, as far as it speaks of JSON, and whether values are as it says. */
final class Contract {
    private final JsonNode document;

    Contract(JsonNode document) {
        this.document = document;
    }

    /** Every operation under its name, such as {@code GET /api/slots/{name}}. */
    SortedMap<String, JsonNode> operations() {
        var operations = new TreeMap<String, JsonNode>();
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations.put(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue());
            }
        }
        return operations;
    }

    /** The name of the operation that a request asks; none if there is no such. */
    Optional<String> operation(String method, String path) {
        return operations().keySet().stream()
                .filter(name -> (method + " " + path).matches(name.replaceAll("\\{[^}]*}", "[^/]+")))
                .min(Comparator.comparingLong(
                        name -> name.chars().filter(c -> c == '{').count()));
    }

    /** A node, or what it refers to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    /** A schema among the components. */
    JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    /** What is not as the schema says: a key that it has not, a required key that is missing, a wrong type. */
    List<String> problems(JsonNode schema, JsonNode value) {
        return problems(schema, value, "$");
    }

    private List<String> problems(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            return problems(resolved(schema), value, at);
        }
        var problems = new ArrayList<String>();
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                List<List<String>> each = StreamSupport.stream(
                                schema.get(choice).spliterator(), false)
                        .map(alternative -> problems(alternative, value, at))
                        .toList();
                if (each.stream().noneMatch(List::isEmpty)) {
                    problems.add(at + ": fits none of " + choice + ": " + each);
                }
            }
        }
        if (schema.has("type") && !types(schema.get("type")).contains(type(value))) {
            problems.add(at + ": expected " + schema.get("type") + ", found " + type(value));
        }
        if (schema.has("enum") && !value.isNull() && !contains(schema.get("enum"), value)) {
            problems.add(at + ": expected one of " + schema.get("enum") + ", found " + value);
        }
        if (value.isObject()) {
            object(schema, value, at, problems);
        }
        for (int i = 0; i < value.size() && value.isArray() && schema.has("items"); i++) {
            problems.addAll(problems(schema.get("items"), value.get(i), at + "[" + i + "]"));
        }
        return problems;
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> problems) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                problems.add(at + ": the required key '" + required.asText() + "' is missing");
            }
        }
        JsonNode known = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (var field : value.properties()) {
            String below = at + "." + field.getKey();
            if (known.has(field.getKey())) {
                problems.addAll(problems(known.get(field.getKey()), field.getValue(), below));
            } else if (others.isObject()) {
                problems.addAll(problems(others, field.getValue(), below));
            } else if (!known.isMissingNode() && !others.asBoolean()) {
                problems.add(below + ": is not documented");
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private static List<String> types(JsonNode type) {
        var types = new ArrayList<String>();
        (type.isArray() ? type : List.of(type)).forEach(t -> types.add(t.asText()));
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
