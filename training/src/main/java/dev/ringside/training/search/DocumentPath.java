package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a document, such as {@code model.learning_rate}, {@code features[2].representation.bins} or
 * {@code features[age].representation}, where {@code [age]} is the element of a list whose field {@code name} is age.
 */
record DocumentPath(List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\G(?:(?:^|\\.)([^.\\[\\]]+)|\\[(\\d{1,6})]|\\[([^\\[\\]]+)])");

    DocumentPath {
        steps = List.copyOf(steps);
    }

    /** One step downwards. */
    sealed interface Step {
        /** A field of a mapping. */
        record Field(String name) implements Step {}

        /** An element of a list by its place, from 0. */
        record Element(int at) implements Step {}

        /** An element of a list by its field {@code name}. */
        record Named(String name) implements Step {}
    }

    /**
     * Reads a path as people write it.
     *
     * @throws InvalidInput if it is none
     */
    static DocumentPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
            if (matcher.group(1) != null) {
                steps.add(new Step.Field(matcher.group(1)));
            } else if (matcher.group(2) != null) {
                steps.add(new Step.Element(Integer.parseInt(matcher.group(2))));
            } else {
                steps.add(new Step.Named(matcher.group(3)));
            }
        }
        if (end != text.length() || steps.isEmpty() || !(steps.getFirst() instanceof Step.Field)) {
            throw new InvalidInput(
                    text, "expected a path such as model.learning_rate or features[2].representation.bins");
        }
        return new DocumentPath(steps);
    }

    /** What stands there; a missing node where nothing does. */
    JsonNode in(JsonNode document) {
        JsonNode node = document;
        for (Step step : steps) {
            node = child(node, step);
        }
        return node;
    }

    /**
     * Puts a value there. Mappings that are missing on the way are made; elements of lists are not.
     *
     * @throws InvalidInput if there is no such element, or no mapping where the path has a field
     */
    void set(ObjectNode document, JsonNode value) {
        JsonNode parent = document;
        for (Step step : steps.subList(0, steps.size() - 1)) {
            JsonNode child = child(parent, step);
            if (child.isMissingNode() || child.isNull()) {
                child = switch (step) {
                    case Step.Field(String name) -> object(parent).putObject(name);
                    case Step.Element _, Step.Named _ -> throw noElement(parent);
                };
            }
            parent = child;
        }
        switch (steps.getLast()) {
            case Step.Field(String name) -> object(parent).set(name, value);
            case Step.Element(int at) -> list(parent, at).set(at, value);
            case Step.Named(String name) -> {
                int at = named(parent, name);
                list(parent, at).set(at, value);
            }
        }
    }

    /** Takes what stands there out of its mapping; elements of lists stay. */
    void remove(ObjectNode document) {
        JsonNode parent = new DocumentPath(steps.subList(0, steps.size() - 1)).in(document);
        if (parent instanceof ObjectNode mapping && steps.getLast() instanceof Step.Field(String name)) {
            mapping.remove(name);
        }
    }

    /** Whether one of the two paths leads through the other: what is put at the one may change the other. */
    boolean meets(DocumentPath other) {
        int shared = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, shared).equals(other.steps.subList(0, shared));
    }

    private static JsonNode child(JsonNode node, Step step) {
        return switch (step) {
            case Step.Field(String name) -> node.path(name);
            case Step.Element(int at) -> node.isArray() ? node.path(at) : MissingNode.getInstance();
            case Step.Named(String name) -> node.path(named(node, name));
        };
    }

    private static int named(JsonNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.isArray() && list.get(i).path("name").asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode mapping) {
            return mapping;
        }
        throw new InvalidInput(toString(), "leads through " + found(node) + ", expected a mapping");
    }

    private ArrayNode list(JsonNode node, int at) {
        if (node instanceof ArrayNode list && at >= 0 && at < list.size()) {
            return list;
        }
        throw noElement(node);
    }

    private InvalidInput noElement(JsonNode node) {
        return new InvalidInput(toString(), "there is no such element in " + found(node));
    }

    private static String found(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field(String name) ->
                    text.append(text.isEmpty() ? "" : ".").append(name);
                case Step.Element(int at) -> text.append('[').append(at).append(']');
                case Step.Named(String name) -> text.append('[').append(name).append(']');
            }
        }
        return text.toString();
    }
}
