package dev.ringside.training.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
    private static final byte[] ONNX = "onnx".getBytes(UTF_8);
    private static final TensorSpec COLUMN = new TensorSpec("x", DataType.FP32, List.of(-1L, 1L));
    private static final ModelManifest MANIFEST = new ModelManifest(
            "flights",
            "2",
            "onnx",
            Digests.sha256(ONNX),
            new Signature(List.of(COLUMN), List.of(COLUMN)),
            List.of(),
            Map.of("test_auc", 0.7),
            1L,
            null,
            null);
    private static final String RECEIVED = "{\"sha256\":\"" + Digests.sha256(ONNX) + "\",\"bytes\":4}";

    private record Request(String path, String actor, String body) {}

    private record Answer(int status, String body, String retryAfter) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("X-Ringside-Actor"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer = answers.remove();
        if (answer.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ModelRegistry registry() {
        URI base = URI.create("http://localhost:" + server.getAddress().getPort());
        return new ModelRegistry(base, "ada", pauses::add, null);
    }

    private String failure() {
        try (ModelRegistry registry = registry()) {
            return assertThrows(RegistrationFailure.class, () -> registry.register(ONNX, null, MANIFEST))
                    .getMessage();
        }
    }

    @Test
    void sendsTheFileThenTheManifestInTheActorsName() throws Exception {
        answers.add(new Answer(201, RECEIVED, null));
        answers.add(new Answer(201, "{}", null));

        try (ModelRegistry registry = registry()) {
            registry.register(ONNX, null, MANIFEST);
        }

        assertEquals("POST /api/artefacts", requests.get(0).path());
        assertEquals("onnx", requests.get(0).body());
        assertEquals("POST /api/slots/flights/versions", requests.get(1).path());
        assertEquals(MANIFEST, Json.read(requests.get(1).body(), ModelManifest.class));
        assertEquals("ada", requests.get(1).actor());
    }

    @Test
    void sendsTheCheckpointBeforeTheManifestThatNamesIt() throws Exception {
        byte[] checkpoint = "checkpoint".getBytes(UTF_8);
        answers.add(new Answer(201, RECEIVED, null));
        answers.add(new Answer(201, "{\"sha256\":\"" + Digests.sha256(checkpoint) + "\"}", null));
        answers.add(new Answer(201, "{}", null));

        try (ModelRegistry registry = registry()) {
            registry.register(ONNX, checkpoint, MANIFEST);
        }

        assertEquals("checkpoint", requests.get(1).body());
        assertEquals("POST /api/slots/flights/versions", requests.get(2).path());
    }

    @Test
    void sendsAgainWhatCannotBeTakenJustNow() throws Exception {
        answers.add(new Answer(503, "{\"error\":\"starting\"}", "2"));
        answers.add(new Answer(503, "{\"error\":\"starting\"}", null));
        answers.add(new Answer(200, RECEIVED, null));
        answers.add(new Answer(200, "{}", null));

        try (ModelRegistry registry = registry()) {
            registry.register(ONNX, null, MANIFEST);
        }

        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofMillis(200)), pauses);
        assertEquals(4, requests.size());
    }

    @Test
    void aRefusalIsShownAsItWasAnswered() {
        answers.add(new Answer(201, RECEIVED, null));
        answers.add(new Answer(409, "{\"error\":\"version '2' exists with another digest\"}", null));

        String message = failure();

        assertTrue(
                message.endsWith(
                        "/api/slots/flights/versions was answered 409: version '2' exists with another digest"),
                message);
    }

    @Test
    void anotherDigestThanTheFilesIsAFailure() {
        answers.add(new Answer(201, "{\"sha256\":\"ffff\"}", null));

        assertTrue(failure().contains("received another file than was sent: sha256 ffff"));
        assertEquals(1, requests.size(), "no version is registered");
    }

    @Test
    void givesUpWhenNobodyAnswersForLong() {
        server.stop(0);

        assertTrue(failure().contains("is the control plane running?"));
        assertEquals(9, pauses.size());
    }
}
