package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the object of an infer request: {@code id}, {@code parameters}, {@code inputs}, {@code outputs}. */
final class RequestReader {
    private final @Nullable BinaryTail tail;
    private final Map<String, Boolean> binaryOutputs = new HashMap<>();

    /** @param tail the binary tensors behind the JSON; null where there can be none */
    RequestReader(@Nullable BinaryTail tail) {
        this.tail = tail;
    }

    InferenceBinary.Received read(JsonParser parser) throws IOException {
        @Nullable String id = null;
        Map<String, Object> parameters = Map.of();
        @Nullable List<Tensor> inputs = null;
        List<String> outputs = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "id" -> id = id(parser);
                case "parameters" -> parameters = ParametersJson.read(parser);
                case "inputs" -> inputs = tensors(parser, "input", tail);
                case "outputs" -> outputs = requestedOutputs(parser);
                default -> parser.skipChildren();
            }
        }
        if (inputs == null) {
            throw malformed("'inputs' is missing, expected an array of tensors");
        }
        if (inputs.isEmpty()) {
            throw malformed("'inputs' is empty, expected at least one tensor");
        }
        var others = new HashMap<>(parameters);
        Object all = others.remove(InferenceBinary.ALL_OUTPUTS);
        return new InferenceBinary.Received(
                new InferenceRequest(id, others, inputs, outputs),
                new BinaryOutputs(Boolean.TRUE.equals(all), binaryOutputs));
    }

    /** An empty one is none: clients that number nothing send it. */
    static @Nullable String id(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText().isEmpty() ? null : parser.getText();
            case VALUE_NULL -> null;
            default -> throw malformed("'id': expected a text, found " + Found.at(parser));
        };
    }

    /** Reads an array of tensors with different names. */
    static List<Tensor> tensors(JsonParser parser, String kind, @Nullable BinaryTail tail) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'" + kind + "s': expected an array of tensors, found " + Found.at(parser));
        }
        var tensors = new ArrayList<Tensor>();
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Tensor tensor = TensorReader.read(parser, kind, tensors.size(), tail);
            if (!names.add(tensor.name())) {
                throw malformed(kind + " '" + tensor.name() + "': expected once, found twice");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private List<String> requestedOutputs(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'outputs': expected an array of objects with a name, found " + Found.at(parser));
        }
        var names = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String name = requestedOutput(parser, names.size());
            if (names.contains(name)) {
                throw malformed("requested output '" + name + "': expected once, found twice");
            }
            names.add(name);
        }
        return names;
    }

    private String requestedOutput(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("outputs[" + index + "]: expected an object with a name, found " + Found.at(parser));
        }
        @Nullable String name = null;
        @Nullable Boolean binary = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("name")) {
                if (value != JsonToken.VALUE_STRING) {
                    throw malformed("outputs[" + index + "]: 'name': expected a text, found " + Found.at(parser));
                }
                name = parser.getText();
            } else if (key.equals("parameters") && value == JsonToken.START_OBJECT) {
                binary = outputParameters(parser, index);
            } else {
                parser.skipChildren();
            }
        }
        if (name == null) {
            throw malformed("outputs[" + index + "]: 'name' is missing");
        }
        if (binary != null) {
            binaryOutputs.put(name, binary);
        }
        return name;
    }

    /** Whether it is wanted binary; null if that is not said. */
    private static @Nullable Boolean outputParameters(JsonParser parser, int index) throws IOException {
        @Nullable Boolean binary = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "classification", "shared_memory_region" ->
                    throw new InferenceFailure(
                            Cause.UNSUPPORTED, "outputs[" + index + "]: parameter '" + key + "' is not supported");
                case InferenceBinary.OUTPUT -> binary = parser.currentToken() == JsonToken.VALUE_TRUE;
                default -> parser.skipChildren();
            }
        }
        return binary;
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
