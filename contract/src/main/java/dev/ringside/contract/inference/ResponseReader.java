package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the object that another server answered. */
final class ResponseReader {
    private ResponseReader() {}

    /** An infer response. A server that names no version answers for its only one: the version is then empty. */
    static InferenceResponse read(JsonParser parser) throws IOException {
        String model = "";
        String version = "";
        @Nullable String id = null;
        Map<String, Object> parameters = Map.of();
        @Nullable List<Tensor> outputs = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "model_name" -> model = text(parser);
                case "model_version" -> version = text(parser);
                case "id" -> id = RequestReader.id(parser);
                case "parameters" -> parameters = ParametersJson.read(parser);
                case "outputs" -> outputs = RequestReader.tensors(parser, "output", null, InferenceLimits.NONE);
                default -> parser.skipChildren();
            }
        }
        if (outputs == null) {
            throw new InferenceFailure(Cause.MALFORMED, "'outputs' is missing, expected an array of tensors");
        }
        return new InferenceResponse(model, version, id, parameters, outputs);
    }

    /** The message of an error body. */
    static @Nullable String readError(JsonParser parser) throws IOException {
        @Nullable String message = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("error") && value == JsonToken.VALUE_STRING) {
                message = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return message;
    }

    private static String text(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
    }
}
