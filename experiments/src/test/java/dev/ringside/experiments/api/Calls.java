package dev.ringside.experiments.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Calls of resources, and what they answer. */
final class Calls {
    private Calls() {}

    static byte[] body(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode json(Response response, int status) {
        assertEquals(status, response.getStatus());
        return Json.read((String) response.getEntity(), JsonNode.class);
    }

    static String refused(int status, Supplier<Response> request) {
        var refusal = assertThrows(WebApplicationException.class, request::get);
        assertEquals(status, refusal.getResponse().getStatus());
        return refusal.getMessage();
    }

    static String invalid(Supplier<Response> request) {
        return assertThrows(InvalidInput.class, request::get).getMessage();
    }
}
