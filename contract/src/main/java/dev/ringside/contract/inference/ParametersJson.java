package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code parameters} of a request or response: texts, whole numbers, numbers and booleans by name. A null counts as
 * absent; the protocol knows no objects and arrays here.
 */
final class ParametersJson {
    private ParametersJson() {}

    /** Reads the object at the parser's current token. */
    static Map<String, Object> read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("'parameters': expected an object, found " + Found.at(parser));
        }
        var parameters = new HashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            switch (parser.nextToken()) {
                case VALUE_STRING -> parameters.put(name, parser.getText());
                case VALUE_TRUE -> parameters.put(name, true);
                case VALUE_FALSE -> parameters.put(name, false);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parameters.put(name, number(parser, name));
                case VALUE_NULL -> {}
                default ->
                    throw malformed("parameter '" + name + "': expected a text, a number or a boolean, found "
                            + Found.at(parser));
            }
        }
        return parameters;
    }

    private static Number number(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw malformed("parameter '" + name + "': expected a finite number, found " + Found.at(parser));
        }
        return value;
    }

    /** Writes them by name, sorted, so that equal parameters give equal bytes. Nothing if there are none. */
    static void write(Map<String, Object> parameters, JsonGenerator out) throws IOException {
        if (parameters.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("parameters");
        for (Map.Entry<String, Object> parameter : new TreeMap<>(parameters).entrySet()) {
            out.writeFieldName(parameter.getKey());
            switch (parameter.getValue()) {
                case String text -> out.writeString(text);
                case Boolean flag -> out.writeBoolean(flag);
                case Long number -> out.writeNumber(number);
                case Double number when Double.isFinite(number) -> out.writeNumber(number);
                case Object other ->
                    throw new IllegalArgumentException("parameter '" + parameter.getKey()
                            + "' must be a text, a boolean, a whole number (Long) or a finite number (Double), it is "
                            + other + " (" + other.getClass().getSimpleName() + ")");
            }
        }
        out.writeEndObject();
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
