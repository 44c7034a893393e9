package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the object of an infer request: {@code id}, {@code parameters}, {@code inputs}, {@code outputs}. */
final class RequestReader {
    private RequestReader() {}

    static InferenceRequest read(JsonParser parser) throws IOException {
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
                case "inputs" -> inputs = tensors(parser, "input");
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
        return new InferenceRequest(id, parameters, inputs, outputs);
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
    static List<Tensor> tensors(JsonParser parser, String kind) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'" + kind + "s': expected an array of tensors, found " + Found.at(parser));
        }
        var tensors = new ArrayList<Tensor>();
        var names = new HashSet<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Tensor tensor = TensorReader.read(parser, kind, tensors.size());
            if (!names.add(tensor.name())) {
                throw malformed(kind + " '" + tensor.name() + "': expected once, found twice");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static List<String> requestedOutputs(JsonParser parser) throws IOException {
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

    private static String requestedOutput(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("outputs[" + index + "]: expected an object with a name, found " + Found.at(parser));
        }
        @Nullable String name = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("name")) {
                if (value != JsonToken.VALUE_STRING) {
                    throw malformed("outputs[" + index + "]: 'name': expected a text, found " + Found.at(parser));
                }
                name = parser.getText();
            } else if (key.equals("parameters") && value == JsonToken.START_OBJECT) {
                outputParameters(parser, index);
            } else {
                parser.skipChildren();
            }
        }
        if (name == null) {
            throw malformed("outputs[" + index + "]: 'name' is missing");
        }
        return name;
    }

    /** Asking for binary outputs is a wish, which JSON answers too; these two change what is answered. */
    private static void outputParameters(JsonParser parser, int index) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "classification", "shared_memory_region" ->
                    throw new InferenceFailure(
                            Cause.UNSUPPORTED, "outputs[" + index + "]: parameter '" + key + "' is not supported");
                default -> parser.skipChildren();
            }
        }
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
