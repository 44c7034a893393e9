package dev.ringside.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;

/**
 * What a text from outside must be so that everything keeps it as it was written: PostgreSQL refuses the character NUL,
 * and half of a surrogate pair has no UTF-8, so two texts that differ in it would become one.
 */
public final class TextRules {
    private static final String HALF = "half of a surrogate pair";

    private TextRules() {}

    /**
     * Checks every name and every text in a document.
     *
     * @param document what it is, such as {@code experiment}
     * @throws InvalidInput naming the field that breaks a rule
     */
    public static void check(JsonNode document, String what) {
        check("", document, what);
    }

    private static void check(String path, JsonNode node, String what) {
        if (node.isTextual()) {
            check(path, node.textValue(), what);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(path + "[" + i + "]", node.get(i), what);
            }
        } else {
            for (var field : node.properties()) {
                check(path, field.getKey(), what);
                check(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), what);
            }
        }
    }

    /**
     * Checks one text.
     *
     * @param field where it stands
     * @param what the document that it stands in, such as {@code outcome}
     */
    public static void check(String field, String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new InvalidInput(
                        field,
                        "expected a text that can be kept as it is, found " + (c == 0 ? "the character NUL" : HALF)
                                + String.format(" (\\u%04x)", (int) c) + " after " + i
                                + " characters; leave it out of the "
                                + what);
            }
        }
    }
}
