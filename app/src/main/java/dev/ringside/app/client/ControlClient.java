package dev.ringside.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of the control plane's HTTP API. Safe for use by many threads. */
public final class ControlClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final int MISDIRECTED = 421;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final String actor;
    private final Duration patience;
    private final @Nullable String apiKey;
    private final @Nullable Meant meant;

    /**
     * The one installation that may carry a request out.
     *
     * @param folder its data folder
     * @param id its id
     */
    public record Meant(Path folder, String id) {}

    /** As below, of a platform that does not ask who asks. */
    public ControlClient(URI base, String actor, Duration patience) {
        this(base, actor, patience, null, null);
    }

    /**
     * @param base its address, without a path
     * @param actor who asks, for the audit
     * @param patience how long an answer may take
     * @param apiKey proves who asks; null for nothing
     * @param meant who has to be there; null for whoever is
     */
    public ControlClient(URI base, String actor, Duration patience, @Nullable String apiKey, @Nullable Meant meant) {
        this.base = base;
        this.actor = actor;
        this.patience = patience;
        this.apiKey = apiKey;
        this.meant = meant;
    }

    /** Its address. */
    public URI address() {
        return base;
    }

    /** Asks for something. */
    public JsonNode get(String path) throws ControlFailure, InterruptedException {
        return send("GET", path, null);
    }

    /** Puts a document in its place. */
    public JsonNode put(String path, Document body) throws ControlFailure, InterruptedException {
        return send("PUT", path, body);
    }

    /** Asks for an act. */
    public JsonNode post(String path, Document body) throws ControlFailure, InterruptedException {
        return send("POST", path, body);
    }

    /** Sends a file. */
    public JsonNode upload(String path, Path file) throws ControlFailure, IOException, InterruptedException {
        return send("POST", path, "application/octet-stream", BodyPublishers.ofFile(file));
    }

    /** Sends bytes as a file is sent. */
    public JsonNode upload(String path, byte[] bytes) throws ControlFailure, InterruptedException {
        return send("POST", path, "application/octet-stream", BodyPublishers.ofByteArray(bytes));
    }

    /** Removes something. */
    public JsonNode delete(String path) throws ControlFailure, InterruptedException {
        return send("DELETE", path, null);
    }

    private JsonNode send(String method, String path, @Nullable Document body)
            throws ControlFailure, InterruptedException {
        return body == null
                ? send(method, path, null, BodyPublishers.noBody())
                : send(method, path, body.contentType(), BodyPublishers.ofByteArray(body.bytes()));
    }

    private JsonNode send(String method, String path, @Nullable String contentType, BodyPublisher publisher)
            throws ControlFailure, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(patience)
                .header("Accept", "application/json")
                .header(ActorHeader.NAME, ActorHeader.encode(actor))
                .method(method, publisher);
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        if (meant != null) {
            request.header(InstallFile.HEADER, meant.id());
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ControlFailure.Unreachable(base, patience, e);
        }
        if (meant != null && response.statusCode() == MISDIRECTED) {
            throw ControlFailure.NotRunning.butAnother(meant.folder(), base, error(response));
        }
        if (response.statusCode() / 100 != 2) {
            throw new ControlFailure.Refused(response.statusCode(), error(response));
        }
        return response.body().isBlank() ? MissingNode.getInstance() : Json.read(response.body(), JsonNode.class);
    }

    private static String error(HttpResponse<String> response) {
        String body = response.body();
        try {
            JsonNode error = Json.read(body, JsonNode.class).path("error");
            if (error.isTextual()) {
                return error.textValue();
            }
        } catch (InvalidInput e) {
            // Not one of our servers, or something in front of it: show what it said.
        }
        String text = body.isBlank() ? "no reason given" : body.strip();
        return response.uri().getPath() + " was answered with status " + response.statusCode() + ": " + text;
    }

    /** A name as part of a path or query. */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
