package dev.ringside.training.search;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.ringside.contract.json.Json;
import java.io.IOException;

/**
 * A document as YAML, its numbers and truths spelt as they were: a version {@code 1.10} is not 1.1 afterwards, and a name
 * {@code NO} is not false.
 */
record AsWritten(JsonNode document) implements JsonSerializable {
    static String yaml(JsonNode document) {
        return Json.yaml(new AsWritten(document));
    }

    @Override
    public void serialize(JsonGenerator yaml, SerializerProvider serializers) throws IOException {
        write(yaml, document);
    }

    @Override
    public void serializeWithType(JsonGenerator yaml, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(yaml, serializers);
    }

    private static void write(JsonGenerator yaml, JsonNode node) throws IOException {
        if (node.isObject()) {
            yaml.writeStartObject();
            for (var field : node.properties()) {
                yaml.writeFieldName(field.getKey());
                write(yaml, field.getValue());
            }
            yaml.writeEndObject();
        } else if (node.isArray()) {
            yaml.writeStartArray();
            for (JsonNode element : node) {
                write(yaml, element);
            }
            yaml.writeEndArray();
        } else if (node.isNumber() || node.isBoolean()) {
            yaml.writeNumber(node.asText()); // a plain scalar, whatever it says
        } else if (node.isNull()) {
            yaml.writeNull();
        } else {
            yaml.writeString(node.asText());
        }
    }
}
