package dev.ringside.app.client;

import dev.ringside.contract.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * The body of a request.
 *
 * @param contentType its media type
 * @param text its text
 */
public record Document(String contentType, String text) {
    /** A value as JSON; maps keep nulls out by not having them. */
    public static Document json(Object value) {
        return new Document("application/json", Json.write(value));
    }

    /** A document as a person wrote it. */
    public static Document yaml(String text) {
        return new Document("application/yaml", text);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
