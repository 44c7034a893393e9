package dev.ringside.contract.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Spelling;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a question to a platform's log while they are read; reading goes on after a problem. */
final class LogFields {
    private final JsonNode data;
    private final List<InvalidInput> problems = new ArrayList<>();

    /** @param known every field that there may be */
    LogFields(JsonNode data, Set<String> known) {
        this.data = data;
        data.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(new InvalidInput(name, Spelling.unknown(name, known)));
            }
        });
    }

    /** A day, or a time. */
    static Instant time(String text) {
        try {
            return text.length() > 10
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidInput("", "expected a day such as 2001-04-01 or a time, found \"" + text + "\"");
        }
    }

    /** Notes a problem that is none of a single field's text. */
    void problem(String field, String rule) {
        problems.add(new InvalidInput(field, rule));
    }

    <T> @Nullable T required(String field, String expected, Function<String, T> parse) {
        if (!data.hasNonNull(field)) {
            problems.add(new InvalidInput(field, "missing: expected " + expected));
            return null;
        }
        return parsed(field, parse);
    }

    <T> T optional(String field, T absent, Function<String, T> parse) {
        T value = data.hasNonNull(field) ? parsed(field, parse) : null;
        return value == null ? absent : value;
    }

    private <T> @Nullable T parsed(String field, Function<String, T> parse) {
        JsonNode value = data.get(field);
        try {
            InvalidInput.require(value.isValueNode(), "", "expected a text, found " + value);
            return parse.apply(value.asText());
        } catch (InvalidInput e) {
            problems.add(new InvalidInput(field, e.rule()));
            return null;
        }
    }

    @Nullable
    Map<Integer, Long> offsets() {
        JsonNode value = data.path("offsets");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        value.properties().forEach(offset -> {
            if (offset.getKey().matches("\\d{1,6}")
                    && offset.getValue().asText().matches("\\d{1,18}")) {
                offsets.put(
                        Integer.valueOf(offset.getKey()),
                        Long.valueOf(offset.getValue().asText()));
            } else {
                problems.add(new InvalidInput("offsets." + offset.getKey(), offsetRule(offset.getValue())));
            }
        });
        if (value.isEmpty()) {
            problems.add(new InvalidInput("offsets", offsetRule(value)));
        }
        return offsets;
    }

    private static String offsetRule(JsonNode found) {
        return "expected partitions with the offset after the last record, such as {0: 1200, 1: 1187}, found " + found;
    }

    /** All of them in one complaint. */
    void finish() {
        if (problems.isEmpty()) {
            return;
        }
        var rules = new StringBuilder(problems.getFirst().rule());
        problems.stream().skip(1).forEach(problem -> rules.append("; ").append(problem.getMessage()));
        throw new InvalidInput(problems.getFirst().field(), rules.toString());
    }
}
