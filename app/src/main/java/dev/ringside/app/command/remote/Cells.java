package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The fields of an answer as cells of a table. */
final class Cells {
    private static final int DIGEST_SHOWN = 12;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Cells() {}

    /** The elements of an array, with commas. */
    static String joined(JsonNode array) {
        var text = new StringJoiner(", ");
        array.forEach(element -> text.add(element.isValueNode() ? element.asText() : element.toString()));
        return text.toString();
    }

    /** The elements of an array. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
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

    /** A time to the minute, UTC; null if there is none. */
    static @Nullable String time(JsonNode value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            return MINUTE.format(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    /** A number to four digits after the point, where it has any; null if there is none. */
    static @Nullable String number(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        double number = value.doubleValue();
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.4f", number);
    }
}
