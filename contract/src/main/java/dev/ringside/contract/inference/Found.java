package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Words for what stands in a body where something else was expected. */
final class Found {
    private static final int LONGEST = 60;

    private Found() {}

    /** The parser's current token, short enough to be shown. */
    static String at(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shortened(parser.getText()) + "\"";
            case END_OBJECT, END_ARRAY, NOT_AVAILABLE, FIELD_NAME -> "no value";
            case VALUE_NULL, VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_EMBEDDED_OBJECT ->
                shortened(parser.getText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
