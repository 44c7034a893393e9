package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The fields of an answer as lines of {@code name: value}, for answers that have no page of their own. */
final class Fields {
    private static final int DIGEST_SHOWN = 12;

    private Fields() {}

    /** All fields; what is inside others is indented. */
    static String of(JsonNode answer) {
        var text = new StringBuilder();
        append(text, answer, "");
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode object, String indent) {
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            text.append(indent).append(field.getKey()).append(':');
            if (value.isObject() && !value.isEmpty()) {
                text.append('\n');
                append(text, value, indent + "  ");
            } else if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
                text.append('\n');
                value.forEach(element -> {
                    text.append(indent).append("  -\n");
                    append(text, element, indent + "    ");
                });
            } else {
                text.append(' ').append(scalar(value)).append('\n');
            }
        });
    }

    private static String scalar(JsonNode value) {
        return value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty())
                ? "-"
                : value.isArray() ? joined(value) : value.asText();
    }

    /** The elements of an array, with commas. */
    static String joined(JsonNode array) {
        var text = new StringJoiner(", ");
        array.forEach(element -> text.add(element.isValueNode() ? element.asText() : element.toString()));
        return text.toString();
    }

    /** The first digits of a digest, enough to tell two apart; empty if there is none. */
    static String digest(JsonNode value) {
        String text = value.asText("");
        return text.substring(0, Math.min(DIGEST_SHOWN, text.length()));
    }

    /** A text, or null if there is none. */
    static @Nullable String text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
