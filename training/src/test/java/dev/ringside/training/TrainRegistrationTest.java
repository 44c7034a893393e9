package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainRegistrationTest extends GamesTraining {
    private HttpServer controlPlane(String slot, String versions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String answer = path.endsWith("/versions") ? versions : slot;
            if (path.equals("/api/artefacts")) {
                answer = "{\"sha256\": \"" + Digests.sha256(sent) + "\"}";
            } else if (sent.length > 0) {
                manifests.add(Json.read(sent, ModelManifest.class));
            }
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.contains("\"error\"") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ModelManifest> manifests = new CopyOnWriteArrayList<>();

    private static final String SLOT = """
        {"name": "games", "signature": {
          "inputs": [{"name": "number", "datatype": "INT64", "shape": [-1, 1]},
                     {"name": "amount", "datatype": "FP32", "shape": [-1, 1]},
                     {"name": "city", "datatype": "%s", "shape": [-1, 1]}],
          "outputs": [{"name": "probability", "datatype": "FP32", "shape": [-1, 1]}]}}\
        """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\": \"no slot 'games'\"} | [] | no slot 'games'",
                "SLOT | [{\"version\": \"v2\", \"registered_by\": \"ada\"}] | has a version 'v2' already",
                "SLOT | [{\"version\": \"v2\", \"refused\": [{}]}] | free that one with './ringside models delete games v2",
                "OTHER | [] | expected datatype INT64 as the slot declares, found BYTES"
            })
    @DisplayName("P7: what cannot be registered is refused before fitting, and nothing is written")
    void whatCannotBeRegisteredIsRefusedBeforeFitting(String slot, String versions, String words) throws IOException {
        String answer =
                slot.equals("SLOT") ? SLOT.formatted("BYTES") : slot.equals("OTHER") ? SLOT.formatted("INT64") : slot;
        HttpServer server = controlPlane(answer, versions);
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(1, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url));
        } finally {
            server.stop(0);
        }
        assertTrue(errors.toString().contains(words), errors::toString);
        assertFalse(errors.toString().contains("fitting"), errors::toString);
        assertTrue(asked.stream().allMatch(request -> request.startsWith("GET ")), asked::toString);
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    void aVersionThatAGateRefusedIsRegisteredAsRefusedWithTheReasons() throws IOException {
        HttpServer server = controlPlane(SLOT.formatted("BYTES"), "[]");
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertEquals(1, train(shuffled(), "--out", folder.resolve("models"), "--url", url));
        } finally {
            server.stop(0);
        }

        ModelManifest.GateResult refusal = manifests.getFirst().refusals().getFirst();
        assertEquals("above_chance", refusal.gate());
        assertTrue(String.valueOf(refusal.reason()).startsWith("AUC "), refusal::toString);
        assertEquals(1, manifests.size());
        assertTrue(output.toString().contains("refused: it is registered at " + url + " as refused"), output::toString);
        assertTrue(Files.exists(folder.resolve("models/games/v2/card.md")));
    }

    @Test
    void aRefusedVersionThatNoControlPlaneTakesIsStillWrittenAndReported() throws IOException {
        HttpServer server = controlPlane(SLOT.formatted("BYTES"), "[]");
        server.createContext("/api/artefacts", exchange -> {
            exchange.sendResponseHeaders(413, -1);
            exchange.close();
        });
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertEquals(1, train(shuffled(), "--out", folder.resolve("models"), "--url", url));
        } finally {
            server.stop(0);
        }

        assertTrue(errors.toString().contains("not registered as refused: POST"), errors::toString);
        assertTrue(output.toString().contains("REFUSED by above_chance: AUC"), output::toString);
        assertTrue(output.toString().contains("refused: it is not registered"), output::toString);
        assertTrue(Files.exists(folder.resolve("models/games/v2/card.md")));
    }

    @Test
    @DisplayName("P7: where nobody named an address and none answers, that is said first and the version is written")
    void whereNobodyAnswersAtAnAddressThatNobodyNamedTheVersionIsOnlyWritten() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + free;

        assertEquals(3, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url));
        assertFalse(Files.exists(folder.resolve("models")));
        assertEquals(
                0, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url, "--if-reachable"));

        int said = errors.toString().indexOf("nobody answers at " + url + ", where a platform is looked for");
        assertTrue(said >= 0 && said < errors.toString().indexOf("fitting"), errors::toString);
        assertTrue(Files.exists(folder.resolve("models/games/v2/model.onnx")));
    }
}
