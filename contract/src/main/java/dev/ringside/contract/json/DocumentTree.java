package dev.ringside.contract.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of documents that people write, JSON or YAML, into a tree. Its scalars remember how they were written,
 * so that a name that looks like a number stays as it is.
 */
final class DocumentTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DocumentTree() {}

    /**
     * Reads the one document of a parser.
     *
     * @return null if there is none
     */
    static @Nullable JsonNode read(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            return null;
        }
        JsonNode tree = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "another document or value follows");
        }
        return tree instanceof NullNode ? null : tree;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new WrittenNumber(number(parser), parser.getText());
            case VALUE_TRUE -> new WrittenTruth(BooleanNode.TRUE, parser.getText());
            case VALUE_FALSE -> new WrittenTruth(BooleanNode.FALSE, parser.getText());
            case VALUE_NULL -> NullNode.getInstance();
            case VALUE_EMBEDDED_OBJECT -> NODES.pojoNode(parser.getEmbeddedObject());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME ->
                throw new JsonParseException(parser, "expected a value, found " + parser.currentToken());
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static NumericNode number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
            case FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getDoubleValue());
        };
    }

    /** Reads a tree as if it were still the document: a text out of it is what was written. */
    static JsonParser parser(JsonNode tree) {
        return new TreeTraversingParser(tree) {
            @Override
            public String getText() {
                JsonNode node = currentNode();
                boolean written = node instanceof WrittenNumber || node instanceof WrittenTruth;
                return written && currentToken().isScalarValue() ? node.asText() : super.getText();
            }
        };
    }

    /** Whether a class is one of trees. */
    static boolean isTree(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type) && !MissingNode.class.isAssignableFrom(type);
    }

    /**
     * Checks the names of a record's fields before anything else, as a field that is misspelt is missing under its name.
     *
     * @throws InvalidInput naming the field, and the one that may have been meant
     */
    static void requireKnownFields(JsonNode tree, Class<?> type) {
        if (!type.isRecord()) {
            return;
        }
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE::translate)
                .sorted()
                .toList();
        for (var field : tree.properties()) {
            if (!known.contains(field.getKey())) {
                throw new InvalidInput(field.getKey(), Spelling.unknown(field.getKey(), known));
            }
        }
    }
}
