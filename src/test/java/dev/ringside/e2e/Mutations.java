package dev.ringside.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a right document when one place in it is wrong: each field in turn, each kind of mistake. */
final class Mutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "@here@";

    /** What stands there instead, as JSON. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0.5",
            "1e400",
            "123456789012345678901234567890",
            "\"\"",
            "\"no such thing\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(2000) + "\"",
            "[]",
            "{}",
            "[[[[{\"a\": []}]]]]");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final JsonNode document;

    private Mutations(JsonNode document) {
        this.document = document;
    }

    /** Every mutation of a JSON document by what is wrong in it. */
    static Map<String, String> of(String document) {
        try {
            var mutations = new Mutations(JSON.readTree(document));
            mutations.visit(mutations.document, "");
            return mutations.texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(JsonNode node, String path) {
        switch (node) {
            case ObjectNode object -> {
                for (String name : namesOf(object)) {
                    JsonNode right = object.get(name);
                    mutate(path + "/" + name, () -> object.put(name, MARK));
                    object.remove(name);
                    texts.put(path + "/" + name + " missing", document.toString());
                    object.set(name, right);
                    visit(right, path + "/" + name);
                }
                mutate(path + "/no_such_field", () -> object.put("no_such_field", MARK));
                object.remove("no_such_field");
            }
            // The first of a list stands for all of them.
            case ArrayNode array
            when !array.isEmpty() -> {
                JsonNode right = array.get(0);
                mutate(path + "/0", () -> array.set(0, MARK));
                array.set(0, right);
                visit(right, path + "/0");
            }
            default -> {}
        }
    }

    private void mutate(String path, Runnable mark) {
        mark.run();
        String marked = document.toString();
        for (String value : VALUES) {
            String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
            texts.put(path + " = " + shown, marked.replace("\"" + MARK + "\"", value));
        }
    }

    private static List<String> namesOf(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
