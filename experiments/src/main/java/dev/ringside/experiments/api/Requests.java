package dev.ringside.experiments.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.json.TextRules;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the API reads what it is sent; every complaint names the field. */
final class Requests {
    /** The header that says who asks. */
    static final String ACTOR = ActorHeader.NAME;

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private Requests() {}

    /** Who asks, and why: the header, or the user that the server runs as. */
    static Cause cause(@Nullable String actor, @Nullable String why) {
        if (actor != null && ActorHeader.isProven(actor)) {
            return new Cause(Actor.proven(ActorHeader.decode(actor)), why);
        }
        String system = System.getProperty("user.name", "");
        String name = actor != null ? ActorHeader.decode(actor) : system.isBlank() ? "unknown" : system;
        return new Cause(Actor.claimed(name), why);
    }

    /** Who asks, and why, where the reason must be given: of what serves, and of what is decided, the trail says why. */
    static Cause reason(@Nullable String actor, @Nullable String why) {
        InvalidInput.require(
                why != null && !why.isBlank(),
                "why",
                "missing: say in a few words why; it is kept in the audit trail with what is done");
        return cause(actor, why);
    }

    /**
     * A document that a person wrote, as JSON or YAML by its content type.
     *
     * @param what it is, such as {@code slot}
     */
    static JsonNode document(byte @Nullable [] body, @Nullable String contentType, String what) {
        if (body == null || body.length == 0) {
            throw new InvalidInput(
                    "",
                    "expected a document of the " + what + " as JSON, or as YAML with Content-Type: application/yaml");
        }
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        JsonNode document = type.contains("yaml")
                ? Json.readYaml(new String(body, StandardCharsets.UTF_8), JsonNode.class)
                : Json.readDocument(body, JsonNode.class);
        TextRules.check(document, what);
        return document;
    }

    /**
     * An order; no body is an order without fields.
     *
     * @param what it is, such as {@code order to retire}
     */
    static <T> T order(byte @Nullable [] body, Class<T> type, String what) {
        byte[] json = body == null || body.length == 0 ? EMPTY : body;
        T order = Json.readDocument(json, type);
        TextRules.check(order instanceof JsonNode tree ? tree : Json.readDocument(json, JsonNode.class), what);
        return order;
    }

    /** A field that must be there. */
    static <T> T required(String field, @Nullable T value, String expected) {
        if (value == null) {
            throw new InvalidInput(field, "missing: expected " + expected);
        }
        return value;
    }

    /** A parameter that is a time; null if it is absent. */
    static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInput(
                    field, "expected a time such as 2001-04-01T00:00:00Z (RFC 3339), found \"" + text + "\"");
        }
    }

    /** A parameter that is a whole number of at least 1; null if it is absent. */
    static @Nullable Long number(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        InvalidInput.require(
                text.matches("\\d{1,18}") && Long.parseLong(text) >= 1,
                field,
                "expected a whole number of at least 1, found \"" + text + "\"");
        return Long.parseLong(text);
    }
}
