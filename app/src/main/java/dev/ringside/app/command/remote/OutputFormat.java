package dev.ringside.app.command.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.util.function.Function;

/** How an answer is printed. */
enum OutputFormat {
    /** For people: what they look for, in tables and lines. */
    TABLE,
    /** The API's answer as JSON. */
    JSON,
    /** The API's answer as YAML. */
    YAML;

    String write(JsonNode answer, Function<JsonNode, String> forPeople) {
        return switch (this) {
            case TABLE -> forPeople.apply(answer).stripTrailing();
            case JSON -> Json.pretty(answer);
            case YAML -> Json.yaml(answer).stripTrailing();
        };
    }
}
