package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request's {@code outputs}: which are wanted, and in which form each. */
final class RequestedOutputs {
    private final InferenceLimits limits;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, Boolean> binary = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();

    RequestedOutputs(InferenceLimits limits) {
        this.limits = limits;
    }

    /** The names, in the request's order; empty for all outputs. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Which of them shall be binary, or shall not. */
    Map<String, Boolean> binary() {
        return binary;
    }

    /** How many classes are wanted of some. */
    Map<String, Integer> classes() {
        return classes;
    }

    /** Reads the array at the parser's current token. */
    void read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'outputs': expected an array of objects with a name, found " + Found.at(parser));
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == limits.tensors()) {
                throw limits.tooManyTensors("'outputs'");
            }
            output(parser, "outputs[" + i + "]");
        }
    }

    private void output(JsonParser parser, String label) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(label + ": expected an object with a name, found " + Found.at(parser));
        }
        @Nullable String name = null;
        var form = new Form();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("name")) {
                if (value != JsonToken.VALUE_STRING) {
                    throw malformed(label + ": 'name': expected a text, found " + Found.at(parser));
                }
                name = parser.getText();
            } else if (key.equals("parameters") && value == JsonToken.START_OBJECT) {
                form.read(parser, label);
            } else {
                parser.skipChildren();
            }
        }
        if (name == null) {
            throw malformed(label + ": 'name' is missing");
        }
        if (!names.add(name)) {
            throw malformed("requested output '" + Found.shortened(name) + "': expected once, found twice");
        }
        if (form.binary != null) {
            binary.put(name, form.binary);
        }
        if (form.classes > 0) {
            classes.put(name, form.classes);
        }
    }

    /** What an output's parameters say. */
    private static final class Form {
        private @Nullable Boolean binary;
        private int classes;

        void read(JsonParser parser, String label) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case Classifications.PARAMETER -> classes = classes(parser, label);
                    case InferenceBinary.OUTPUT -> binary = parser.currentToken() == JsonToken.VALUE_TRUE;
                    case "shared_memory_region" ->
                        throw new InferenceFailure(
                                Cause.UNSUPPORTED,
                                label + ": parameter '" + key + "': shared memory is not supported, ask for the values"
                                        + " in the response");
                    default -> parser.skipChildren();
                }
            }
        }

        /** 0 is none, as Triton has it. */
        private static int classes(JsonParser parser, String label) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() != JsonParser.NumberType.INT
                    || parser.getIntValue() < 0) {
                throw malformed(label + ": parameter '" + Classifications.PARAMETER
                        + "': expected how many classes, found " + Found.at(parser));
            }
            return parser.getIntValue();
        }
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
