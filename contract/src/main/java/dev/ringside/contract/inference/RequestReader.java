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
    private final @Nullable BinaryTail tail;
    private final InferenceLimits limits;
    private final RequestedOutputs outputs;

    /** @param tail the binary tensors behind the JSON; null where there can be none */
    RequestReader(@Nullable BinaryTail tail, InferenceLimits limits) {
        this.tail = tail;
        this.limits = limits;
        this.outputs = new RequestedOutputs(limits);
    }

    InferenceBinary.Received read(JsonParser parser) throws IOException {
        @Nullable String id = null;
        Map<String, Object> parameters = Map.of();
        @Nullable List<Tensor> inputs = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "id" -> id = id(parser);
                case "parameters" -> parameters = ParametersJson.read(parser);
                case "inputs" -> inputs = tensors(parser, "input", tail, limits);
                case "outputs" -> outputs.read(parser);
                default -> parser.skipChildren();
            }
        }
        if (inputs == null) {
            throw malformed("'inputs' is missing, expected an array of tensors");
        }
        Map<String, Object> others = ReservedParameters.check(parameters);
        Object all = others.remove(InferenceBinary.ALL_OUTPUTS);
        return new InferenceBinary.Received(
                new InferenceRequest(id, others, inputs, outputs.names()),
                new BinaryOutputs(Boolean.TRUE.equals(all), outputs.binary()),
                new Classifications(outputs.classes()));
    }

    /** An empty one is none: clients that number nothing send it. */
    static @Nullable String id(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> {
                String id = parser.getText();
                if (!Found.isUnicode(id)) {
                    throw malformed("'id': expected a text of Unicode characters, found " + Found.at(parser));
                }
                yield id.isEmpty() ? null : id;
            }
            case VALUE_NULL -> null;
            default -> throw malformed("'id': expected a text, found " + Found.at(parser));
        };
    }

    /** Reads an array of tensors with different names. */
    static List<Tensor> tensors(JsonParser parser, String kind, @Nullable BinaryTail tail, InferenceLimits limits)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'" + kind + "s': expected an array of tensors, found " + Found.at(parser));
        }
        var tensors = new ArrayList<Tensor>();
        var names = new HashSet<String>();
        long elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (tensors.size() == limits.tensors()) {
                throw limits.tooManyTensors("'" + kind + "s'");
            }
            Tensor tensor = TensorReader.read(parser, kind, tensors.size(), tail, elements, limits);
            elements += tensor.data().size();
            if (!names.add(tensor.name())) {
                throw malformed(kind + " '" + Found.shortened(tensor.name()) + "': expected once, found twice");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
