package dev.ringside.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.registry.ModelInspector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that has its model files inspected at a model server in another process. */
class ModelInspectionsTest {
    private static final TensorSpec TENSOR = new TensorSpec("x", DataType.FP32, List.of(-1L, 2L));
    private static final ModelInspection HERE = inspection("0");

    @TempDir
    Path folder;

    private HttpServer server;
    private ModelInspector inspector;
    private Path file;
    private int status = 200;
    private String body = "";
    private String authorization = "";
    private String received = "";

    private static ModelInspection inspection(String digit) {
        return new ModelInspection(
                digit.repeat(64), "onnx", "onnxruntime_onnx", new Signature(List.of(TENSOR), List.of(TENSOR)));
    }

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("model.onnx"), "the model's bytes");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/models/inspect", exchange -> {
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        inspector = ModelInspections.remote(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                Duration.ofSeconds(20),
                _ -> HERE,
                new ServiceKey(Optional.of("rsk_secret")));
    }

    @AfterEach
    void stop() throws Exception {
        ((AutoCloseable) inspector).close();
        server.stop(0);
    }

    @Test
    void theServerIsAskedWithTheServiceKeyAndTheWholeFile() throws IOException {
        var found = inspection("c");
        body = Json.write(found);
        assertEquals(found, inspector.inspect(file));
        assertEquals("Bearer rsk_secret", authorization);
        assertEquals("the model's bytes", received);
    }

    @Test
    void whatTheServerSaysOfAFileItCannotServeIsTheFilesFault() {
        status = 400;
        body = "{\"error\": \"the file cannot be served: no graph\"}";
        InvalidInput refused = assertThrows(InvalidInput.class, () -> inspector.inspect(file));
        assertTrue(refused.getMessage().contains("no graph"), refused.getMessage());
    }

    @Test
    void aServerThatKnowsNoInspectionLeavesItToTheControlPlane() throws IOException {
        status = 404;
        body = "{}";
        assertEquals(HERE, inspector.inspect(file));
    }

    @Test
    void aServerThatRefusesTheKeyIsNamedAndTheFileIsNotBlamed() {
        status = 403;
        body = "{\"error\": \"'x' has the role viewer\"}";
        Refusal refused = assertThrows(Refusal.class, () -> inspector.inspect(file));
        assertTrue(refused.getMessage().contains("answered 403: 'x' has the role viewer"), refused.getMessage());
    }

    @Test
    void afterItWasClosedNobodyIsAsked() throws Exception {
        ((AutoCloseable) inspector).close();
        assertInstanceOf(Refusal.class, assertThrows(RuntimeException.class, () -> inspector.inspect(file)));
        assertEquals("", received);
    }
}
