package dev.ringside.contract.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How every contract is written: snake_case names in alphabetical order, absent instead of null, times as RFC 3339 in
 * UTC, durations as {@code 36h}. Two values that are equal give the same bytes, so a digest over them is well defined.
 *
 * <p>Events ignore unknown fields (a reader must live with the next release's writer). Documents that people write do
 * not: a misspelt field is an error.
 */
public final class Json {
    private static final ObjectMapper EVENTS = configure(JsonMapper.builder())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectMapper DOCUMENTS = configure(JsonMapper.builder())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper YAML = configure(YAMLMapper.builder())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper PLAIN_YAML = configure(YAMLMapper.builder())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private Json() {}

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
        return builder.addModule(new JavaTimeModule())
                .addModule(DurationText.module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The mapper itself, for streaming and trees. Unknown fields are ignored. */
    public static ObjectMapper mapper() {
        return EVENTS;
    }

    /** The canonical text of a value. */
    public static String write(Object value) {
        try {
            return EVENTS.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The canonical bytes of a value, UTF-8. */
    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The text of a value, indented for people. */
    public static String pretty(Object value) {
        try {
            return EVENTS.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The YAML of a value, for people; what would be read as another kind is quoted. */
    public static String yaml(Object value) {
        try {
            return PLAIN_YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what another process of ours wrote; unknown fields are ignored. */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(() -> EVENTS.readValue(json, type));
    }

    /** Reads what another process of ours wrote; unknown fields are ignored. */
    public static <T> T read(String json, Class<T> type) {
        return read(() -> EVENTS.readValue(json, type));
    }

    /** Reads a tree into a record; unknown fields are ignored. */
    public static <T> T read(JsonNode tree, Class<T> type) {
        return read(() -> EVENTS.treeToValue(tree, type));
    }

    /** Reads a document that a person or a client wrote: an unknown or repeated field is an error. */
    public static <T> T readDocument(byte[] json, Class<T> type) {
        return read(() -> document(DOCUMENTS.createParser(json), type));
    }

    /**
     * Reads a part of a document that was read as a tree: an unknown field is an error, and a text is as it was written
     * even where it looks like a number.
     */
    public static <T> T readDocument(JsonNode tree, Class<T> type) {
        DocumentTree.requireKnownFields(tree, type);
        return read(() -> DOCUMENTS.readValue(DocumentTree.parser(tree), type));
    }

    /**
     * Reads a YAML document that a person wrote: an unknown or repeated field is an error. Where a text is expected,
     * plain scalars are taken as they are written: {@code 1.10}, {@code 007} and {@code NO} are names like others.
     */
    public static <T> T readYaml(String yaml, Class<T> type) {
        return read(() -> document(YAML.createParser(yaml), type));
    }

    private static <T> @Nullable T document(JsonParser parser, Class<T> type) throws IOException {
        try (parser) {
            JsonNode tree = DocumentTree.read(parser);
            if (tree == null || DocumentTree.isTree(type)) {
                return type.cast(tree);
            }
            return readDocument(tree, type);
        }
    }

    private interface Parse<T> {
        @Nullable
        T parse() throws IOException;
    }

    private static <T> T read(Parse<T> parse) {
        try {
            T value = parse.parse();
            if (value == null) {
                throw new InvalidInput("", "expected a JSON object, found nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw JsonComplaint.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
