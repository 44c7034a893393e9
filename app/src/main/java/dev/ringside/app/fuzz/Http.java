package dev.ringside.app.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server by HTTP, and what it must not answer. */
final class Http {
    /** Where the JSON of a binary body ends. */
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    /** What the protocol has and this server has not, overload, and a deadline that the request itself has set. */
    private static final Set<Integer> FAIR = Set.of(501, 503, 504);

    private static final int SERVERS_FAULT = 500;
    private static final int MISTAKE = 400;
    private static final int DONE = 200;

    private final URI base;
    private final HttpClient client;

    Http(URI base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** Posts a body and judges the answer; headers by name and value. */
    Answered post(String path, byte[] body, String... headers) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = exchange(path, body, headers);
            return new Answered("REST " + response.statusCode(), violation(response));
        } catch (HttpTimeoutException e) {
            return new Answered("REST none", "no answer in " + Sender.PATIENCE.toSeconds() + " s");
        } catch (IOException e) {
            return new Answered("REST none", "the connection failed: " + e);
        }
    }

    HttpResponse<byte[]> exchange(String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Sender.PATIENCE)
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static @Nullable String violation(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= SERVERS_FAULT && !FAIR.contains(status)) {
            return "answered " + status + ": " + shown(response.body());
        }
        byte[] json = json(response);
        try {
            JsonNode document = Json.read(json, JsonNode.class);
            boolean isSaid = status == DONE
                    ? document.has("outputs") || document.isObject() || document.isArray()
                    : document.path("error").isTextual();
            return status >= MISTAKE && !isSaid ? status + " without a reason: " + shown(json) : null;
        } catch (InvalidInput e) {
            return status == DONE && json.length == 0 ? null : status + " with a body that is no JSON: " + shown(json);
        }
    }

    private static byte[] json(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue(JSON_LENGTH)
                .map(length -> Arrays.copyOf(response.body(), Integer.parseInt(length)))
                .orElse(response.body());
    }

    /** The beginning of a body. */
    static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
