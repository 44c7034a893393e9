package dev.ringside.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code META-INF/openapi.yaml} says of the HTTP API is whole, and of this API. */
class HttpContractTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final String ERROR = "#/components/schemas/Error";

    private final JsonNode contract = read();
    private final SortedMap<String, JsonNode> operations = operations(contract);
    private final SortedMap<String, Endpoints.Takes> endpoints = Endpoints.all();
    private final List<String> wrong = new ArrayList<>();

    private static JsonNode read() {
        try {
            return Json.readYaml(Files.readString(FILE), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, JsonNode> operations(JsonNode contract) {
        var operations = new TreeMap<String, JsonNode>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
        return operations;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(contract.at(node.get("$ref").asText().substring(1))) : node;
    }

    private void require(boolean holds, String where, String expected) {
        if (!holds) {
            wrong.add(where + ": expected " + expected);
        }
    }

    @Test
    void itSpeaksOfEachEndpointWithItsParametersAndOfNoOther() {
        var described = new TreeMap<String, Endpoints.Takes>();
        operations.forEach((name, operation) -> {
            var parameters = new TreeSet<String>();
            operation
                    .path("parameters")
                    .forEach(p -> parameters.add(resolved(p).path("in").asText() + " "
                            + resolved(p).path("name").asText()));
            described.put(name, new Endpoints.Takes(parameters, operation.has("requestBody")));
        });
        assertEquals(lines(endpoints), lines(described));
    }

    private static String lines(SortedMap<String, Endpoints.Takes> endpoints) {
        return String.join(
                "\n", endpoints.entrySet().stream().map(Map.Entry::toString).toList());
    }

    @Test
    void everyOperationSaysWhatItTakesAndWhatItAnswers() {
        var ids = new HashSet<String>();
        var tags = new HashSet<String>();
        contract.get("tags").forEach(tag -> tags.add(tag.get("name").asText()));
        operations.forEach((name, operation) -> {
            require(!operation.path("summary").asText().isBlank(), name, "a summary");
            require(tags.contains(operation.path("tags").path(0).asText()), name, "a tag that the document has");
            require(ids.add(operation.path("operationId").asText()), name, "an operationId of its own");
            for (JsonNode reference : operation.path("parameters")) {
                JsonNode parameter = resolved(reference);
                String at = name + ", parameter " + parameter.path("name").asText();
                require(!parameter.path("description").asText().isBlank(), at, "a description");
                require(parameter.has("schema"), at, "a schema");
                require(
                        !parameter.path("in").asText().equals("path")
                                || parameter.path("required").asBoolean(),
                        at,
                        "required: true, as it is in the path");
            }
            body(name, operation);
            answers(name, operation.path("responses"));
        });
        assertEquals(List.of(), wrong);
    }

    private void body(String name, JsonNode operation) {
        if (!operation.has("requestBody")) {
            return;
        }
        JsonNode content = resolved(operation.get("requestBody")).path("content");
        require(!content.isEmpty(), name, "a requestBody with a content");
        for (var type : content.properties()) {
            require(type.getValue().has("schema"), name + " with " + type.getKey(), "a schema");
        }
        require(
                !content.has("application/json")
                        || content.path("application/json").has("example"),
                name,
                "an example of the request body");
        for (String status : List.of("400", "413")) {
            require(
                    operation.path("responses").has(status),
                    name,
                    "the answer " + status + ", as a body may be refused");
        }
    }

    private void answers(String name, JsonNode responses) {
        require(
                responses.properties().stream().anyMatch(r -> r.getKey().startsWith("2")),
                name,
                "an answer of success");
        require(responses.has("default"), name, "a default answer, for every other refusal");
        for (var response : responses.properties()) {
            String at = name + ", answer " + response.getKey();
            JsonNode answer = resolved(response.getValue());
            require(!answer.path("description").asText().isBlank(), at, "a description");
            require(!answer.path("content").isEmpty(), at, "a content");
            for (JsonNode type : answer.path("content")) {
                JsonNode schema = type.path("schema");
                require(!schema.isEmpty(), at, "a schema");
                require(
                        response.getKey().startsWith("2")
                                || schema.findValuesAsText("$ref").contains(ERROR),
                        at,
                        "the schema Error");
            }
        }
    }

    @Test
    void everyReferenceLeadsToSomethingAndEverythingIsReferredTo() {
        var parts = new TreeSet<String>();
        contract.get("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(part -> parts.add("#/components/" + kind.getKey() + "/" + part)));
        assertEquals(String.join("\n", parts), String.join("\n", new TreeSet<>(contract.findValuesAsText("$ref"))));
    }

    @Test
    void whatASchemaRequiresItDescribes() {
        for (var schema : contract.at("/components/schemas").properties()) {
            for (JsonNode field : schema.getValue().path("required")) {
                require(
                        schema.getValue().path("properties").has(field.asText()),
                        schema.getKey(),
                        "a property " + field.asText());
            }
        }
        assertEquals(List.of(), wrong);
    }
}
