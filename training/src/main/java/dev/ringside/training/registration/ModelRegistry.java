package dev.ringside.training.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.actor.ActorHeader;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The control plane's registry over HTTP. What it cannot take just now (503, or nobody listens yet) is sent again; sending
 * the same again does no harm.
 */
public final class ModelRegistry implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final URI base;
    private final String actor;
    private final Pause pause;
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
     */
    public ModelRegistry(URI base, String actor, Pause pause) {
        this.base = base;
        this.actor = actor;
        this.pause = pause;
    }

    /**
     * Hands over a model file and registers it as a version of its slot.
     *
     * @throws RegistrationFailure saying what was sent where, and what was answered
     */
    public void register(byte[] onnx, ModelManifest manifest) throws InterruptedException {
        String answered = post("api/artefacts", "application/octet-stream", onnx);
        String digest = digest(answered);
        if (!digest.equals(manifest.sha256())) {
            throw new RegistrationFailure("the control plane at " + base
                    + " received another file than was sent: sha256 " + digest + ", expected " + manifest.sha256());
        }
        post("api/slots/" + manifest.slot() + "/versions", "application/json", Json.bytes(manifest));
    }

    private static String digest(String answered) {
        try {
            return Json.read(answered, JsonNode.class).path("sha256").asText();
        } catch (InvalidInput e) {
            return answered;
        }
    }

    private String post(String path, String type, byte[] body) throws InterruptedException {
        URI target = base.resolve(base.getPath().endsWith("/") ? path : base.getPath() + "/" + path);
        var request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", type)
                .header(ActorHeader.NAME, ActorHeader.encode(actor))
                .POST(BodyPublishers.ofByteArray(body));
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            try {
                HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
                String answer = new String(response.body(), UTF_8);
                if (response.statusCode() / 100 == 2) {
                    return answer;
                }
                if (response.statusCode() != 503 || attempt == ATTEMPTS) {
                    throw new RegistrationFailure(
                            "POST " + target + " was answered " + response.statusCode() + ": " + reason(answer));
                }
                wait = retryAfter(response, attempt);
            } catch (ConnectException e) {
                if (attempt == ATTEMPTS) {
                    throw new RegistrationFailure("nobody answers at " + base + ": is the control plane running?", e);
                }
                wait = backOff(attempt);
            } catch (IOException e) {
                throw new RegistrationFailure("POST " + target + " failed: " + e.getMessage(), e);
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
