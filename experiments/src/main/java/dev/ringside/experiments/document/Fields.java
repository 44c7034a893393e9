package dev.ringside.experiments.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.json.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document that a person wrote. Reading goes on after a problem: {@link #finish()} throws all of them
 * together, each in a line of its own with the path of its field. A field that nobody asked for is a problem too.
 */
public final class Fields {
    private final JsonNode node;
    private final String path;
    private final List<InvalidInput> problems;
    private final Set<String> asked = new TreeSet<>();

    private Fields(JsonNode node, String path, List<InvalidInput> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /**
     * The fields of a document.
     *
     * @throws InvalidInput if it is not an object
     */
    public static Fields of(JsonNode document) {
        InvalidInput.require(document.isObject(), "", "expected an object with fields");
        return new Fields(document, "", new ArrayList<>());
    }

    /** Adds a problem with a field here. */
    public void problem(String field, String rule) {
        problems.add(new InvalidInput(path(field), rule));
    }

    /** Adds a problem unless the rule holds. */
    public void require(boolean holds, String field, String rule) {
        if (!holds) {
            problem(field, rule);
        }
    }

    /** Whether a field is there and not null. */
    public boolean has(String field) {
        asked.add(field);
        return node.hasNonNull(field);
    }

    /** A text; null if it is absent. What looks like a number, or like true or false, is taken as it is written. */
    public @Nullable String text(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = node.get(field);
        if (!value.isValueNode()) {
            problem(field, "expected a text, found " + value);
            return null;
        }
        return value.asText();
    }

    /** A text that must be there; the empty text after a problem. */
    public String requiredText(String field, String example) {
        String value = text(field);
        if (value == null) {
            if (!node.hasNonNull(field)) {
                problem(field, "missing: expected " + example);
            }
            return "";
        }
        require(!value.isEmpty(), field, "expected " + example + ", found an empty text");
        return value;
    }

    /** A whole number; the default if it is absent. */
    public int number(String field, int absent) {
        if (!has(field)) {
            return absent;
        }
        JsonNode value = node.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            problem(field, "expected a whole number, found " + value);
            return absent;
        }
        return value.intValue();
    }

    /** A yes or no; the default if it is absent. */
    public boolean flag(String field, boolean absent) {
        if (!has(field)) {
            return absent;
        }
        JsonNode value = node.get(field);
        if (!value.isBoolean()) {
            problem(field, "expected true or false, found " + value);
            return absent;
        }
        return value.booleanValue();
    }

    /** A duration above zero; the default if it is absent. */
    public Duration duration(String field, Duration absent) {
        String value = text(field);
        if (value == null) {
            return absent;
        }
        Duration parsed = parsed(field, value, DurationText::parse);
        if (parsed == null) {
            return absent;
        }
        require(!parsed.isZero(), field, "expected more than 0, found " + value);
        return parsed;
    }

    /** Whether a field is there as a text. */
    public boolean isText(String field) {
        return has(field) && node.get(field).isTextual();
    }

    /** One of an enum's values, by the name that JSON has for it; the default if it is absent. */
    public <E extends Enum<E>> E choice(String field, Class<E> type, E absent) {
        String value = text(field);
        if (value == null) {
            return absent;
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(value.toLowerCase(Locale.ROOT))) {
                return constant;
            }
            words.add(word);
        }
        problem(field, "expected " + String.join(" or ", words) + ", found \"" + value + "\"");
        return absent;
    }

    /** An object with fields of its own; null if it is absent or has a problem. */
    public <T> @Nullable T object(String field, Function<Fields, @Nullable T> read) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = node.get(field);
        if (!value.isObject()) {
            problem(field, "expected an object with fields, found " + value);
            return null;
        }
        var inner = new Fields(value, path(field), problems);
        T result = read.apply(inner);
        inner.unknown();
        return result;
    }

    /** A text that is parsed; null if it is absent or cannot be. */
    public <T> @Nullable T parsed(String field, Function<String, T> parse) {
        String value = text(field);
        return value == null ? null : parsed(field, value, parse);
    }

    private <T> @Nullable T parsed(String field, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (InvalidInput e) {
            problems.add(unnamed(e).within(path(field)));
            return null;
        }
    }

    /** A list of texts; null if it is absent. */
    public @Nullable List<String> texts(String field) {
        return list(field, (element, at) -> {
            if (!element.isValueNode() || element.isNull()) {
                problems.add(new InvalidInput(at, "expected a text, found " + element));
                return null;
            }
            return element.asText();
        });
    }

    /** A list of lists of texts; null if it is absent. */
    public @Nullable List<List<String>> textLists(String field) {
        return list(field, (element, at) -> {
            if (!element.isArray()) {
                problems.add(new InvalidInput(at, "expected a list of texts, found " + element));
                return null;
            }
            var texts = new ArrayList<String>();
            for (int i = 0; i < element.size(); i++) {
                JsonNode text = element.get(i);
                if (!text.isValueNode() || text.isNull()) {
                    problems.add(new InvalidInput(at + "[" + i + "]", "expected a text, found " + text));
                    return null;
                }
                texts.add(text.asText());
            }
            return List.copyOf(texts);
        });
    }

    /** A list of objects, each with fields of its own; null if it is absent. */
    public <T> @Nullable List<T> objects(String field, Function<Fields, @Nullable T> read) {
        return list(field, (element, at) -> {
            if (!element.isObject()) {
                problems.add(new InvalidInput(at, "expected an object with fields, found " + element));
                return null;
            }
            var inner = new Fields(element, at, problems);
            T value = read.apply(inner);
            inner.unknown();
            return value;
        });
    }

    /** A part that is a contract of its own and knows its rules; null if it is absent or breaks one. */
    public <T> @Nullable T contract(String field, Class<T> type) {
        return has(field) ? contract(node.get(field), path(field), type) : null;
    }

    /**
     * A list of parts that are contracts of their own; null if it is absent.
     *
     * @param decisive fields that others of a part are judged by: where one is wrong nothing is said of the others
     */
    public <T> @Nullable List<T> contracts(String field, Class<T> type, Set<String> decisive) {
        return list(field, (element, at) -> {
            T part = contract(element, at, type);
            if (part == null && element instanceof ObjectNode object) {
                furtherProblems(object.deepCopy(), at, type, decisive);
            }
            return part;
        });
    }

    /** A contract names the first rule that is broken; what else is wrong shows when that field is left out. */
    private void furtherProblems(ObjectNode element, String at, Class<?> type, Set<String> decisive) {
        var seen = new TreeSet<String>();
        while (true) {
            try {
                Json.readDocument(element, type);
                return;
            } catch (InvalidInput e) {
                if (!seen.isEmpty() && !seen.contains(e.field())) {
                    problems.add(e.within(at));
                }
                if (!seen.add(e.field()) || decisive.contains(e.field()) || element.remove(e.field()) == null) {
                    return;
                }
            }
        }
    }

    /** How many objects of a list have a field with this text, whatever else is wrong with them. */
    public long count(String field, String inner, String text) {
        return node.path(field)
                .valueStream()
                .filter(element -> element.path(inner).asText().equals(text))
                .count();
    }

    private <T> @Nullable T contract(JsonNode element, String at, Class<T> type) {
        try {
            return Json.readDocument(element, type);
        } catch (InvalidInput e) {
            problems.add(e.within(at));
            return null;
        }
    }

    private interface Element<T> {
        @Nullable
        T read(JsonNode element, String path);
    }

    private <T> @Nullable List<T> list(String field, Element<T> read) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = node.get(field);
        if (!value.isArray()) {
            problem(field, "expected a list, found " + value);
            return null;
        }
        var values = new ArrayList<T>();
        for (int i = 0; i < value.size(); i++) {
            T element = read.read(value.get(i), path(field) + "[" + i + "]");
            if (element != null) {
                values.add(element);
            }
        }
        return List.copyOf(values);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidInput with every problem, if there is one
     */
    public void finish() {
        unknown();
        if (problems.isEmpty()) {
            return;
        }
        InvalidInput first = problems.getFirst();
        if (problems.size() == 1) {
            throw first;
        }
        var rules = new StringBuilder(first.rule());
        problems.stream().skip(1).forEach(p -> rules.append('\n').append(p.getMessage()));
        throw new InvalidInput(first.field(), rules.toString());
    }

    private void unknown() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!asked.contains(name)) {
                problem(name, Spelling.unknown(name, asked));
            }
        }
    }

    private static InvalidInput unnamed(InvalidInput e) {
        return new InvalidInput("", e.rule());
    }

    private String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
