package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Words for what stands in a body where something else was expected. */
public final class Found {
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

    /** Whether a text has no half of a pair of surrogates alone, which JSON can escape and UTF-8 cannot write. */
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The first of a text that may be very long. */
    public static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
