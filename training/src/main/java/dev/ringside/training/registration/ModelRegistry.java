package dev.ringside.training.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's registry over HTTP. What it cannot take just now (503, or nobody listens yet) is sent again; sending
 * the same again does no harm.
 */
public final class ModelRegistry implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    /** While a control plane starts; a person waits for it, and nothing is lost yet. */
    private static final int ATTEMPTS_BEFORE = 5;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final URI base;
    private final String actor;
    private final Pause pause;
    private final @Nullable String apiKey;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** How to wait between attempts. */
    @FunctionalInterface
    public interface Pause {
        /** Waits that long. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /**
     * @param base the control plane's address, such as {@code http://127.0.0.1:7070}
     * @param actor who registers, for the audit
     * @param pause how to wait between attempts
     * @param apiKey proves who registers; null for nothing
     */
    public ModelRegistry(URI base, String actor, Pause pause, @Nullable String apiKey) {
        this.base = base;
        this.actor = actor;
        this.pause = pause;
        this.apiKey = apiKey;
    }

    /**
     * Checks before a training that its version can be registered: that there is such a slot, that its inputs and outputs
     * fit, and that the version's name is free, or was taken by this same training.
     *
     * @param slot the slot
     * @param version the version's name
     * @param signature what the version will take and give
     * @param configuration the training configuration as its lineage will hold it
     * @throws RegistrationFailure saying what is in the way, or {@link RegistrationFailure#unreachable()} if nobody answers
     */
    public void requireFree(String slot, String version, Signature signature, String configuration)
            throws InterruptedException {
        JsonNode declared = tree(get("api/slots/" + slot));
        signature.requireFits(Json.read(declared.path("signature"), Signature.class));
        for (JsonNode registered : tree(get("api/slots/" + slot + "/versions"))) {
            boolean other =
                    !registered.path("lineage").path("configuration").asText().equals(configuration);
            if (registered.path("version").asText().equals(version) && other) {
                throw new RegistrationFailure("slot '" + slot + "' at " + base + " has a version '" + version
                        + "' already, registered "
                        + registered.path("registered_at").asText() + " by "
                        + registered.path("registered_by").asText()
                        + (registered.path("refused").isEmpty()
                                ? "; a version never changes: give this one another name"
                                : " and refused by its gates; give this one another name, or free that one with"
                                        + " './ringside models delete " + slot + " " + version + " --why …'"));
            }
        }
    }

    private static JsonNode tree(String answer) {
        return Json.read(answer, JsonNode.class);
    }

    private String get(String path) throws InterruptedException {
        return send(request(path).GET().build(), ATTEMPTS_BEFORE);
    }

    /**
     * Hands over a model file and registers it as a version of its slot: as refused, where its manifest says that a gate
     * did not pass it.
     *
     * @param checkpoint the file from which another training can go on, kept as an artefact; null where there is none
     * @throws RegistrationFailure saying what was sent where, and what was answered
     */
    public void register(byte[] onnx, byte @Nullable [] checkpoint, ModelManifest manifest)
            throws InterruptedException {
        send(onnx, manifest.sha256());
        if (checkpoint != null) {
            send(checkpoint, Digests.sha256(checkpoint));
        }
        post("api/slots/" + manifest.slot() + "/versions", "application/json", Json.bytes(manifest));
    }

    private void send(byte[] file, String expected) throws InterruptedException {
        String digest = digest(post("api/artefacts", "application/octet-stream", file));
        if (!digest.equals(expected)) {
            throw new RegistrationFailure("the control plane at " + base
                    + " received another file than was sent: sha256 " + digest + ", expected " + expected);
        }
    }

    private static String digest(String answered) {
        try {
            return Json.read(answered, JsonNode.class).path("sha256").asText();
        } catch (InvalidInput e) {
            return answered;
        }
    }

    private String post(String path, String type, byte[] body) throws InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                ATTEMPTS);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        base.resolve(base.getPath().endsWith("/") ? path : base.getPath() + "/" + path))
                .timeout(Duration.ofMinutes(1))
                .header(ActorHeader.NAME, ActorHeader.encode(actor));
        if (apiKey != null && !apiKey.isBlank()) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        return request;
    }

    private String send(HttpRequest request, int attempts) throws InterruptedException {
        String what = request.method() + " " + request.uri();
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            try {
                HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
                String answer = new String(response.body(), UTF_8);
                if (response.statusCode() / 100 == 2) {
                    return answer;
                }
                if (response.statusCode() != 503 || attempt == attempts) {
                    throw new RegistrationFailure(
                            what + " was answered " + response.statusCode() + ": " + reason(answer));
                }
                wait = retryAfter(response, attempt);
            } catch (ConnectException e) {
                if (attempt == attempts) {
                    throw RegistrationFailure.unreachable(base, e);
                }
                wait = backOff(attempt);
            } catch (IOException e) {
                throw new RegistrationFailure(what + " failed: " + e.getMessage(), e);
            }
            pause.sleep(wait);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response, int attempt) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait)
                .orElseGet(() -> backOff(attempt));
    }

    /** From a tenth of a second on, twice as long each time. */
    private static Duration backOff(int attempt) {
        Duration wait = Duration.ofMillis(100L << Math.min(attempt - 1, 10));
        return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    }

    private static String reason(String answer) {
        try {
            String error = Json.read(answer, JsonNode.class).path("error").asText();
            return error.isEmpty() ? answer : error;
        } catch (InvalidInput e) {
            return answer;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
