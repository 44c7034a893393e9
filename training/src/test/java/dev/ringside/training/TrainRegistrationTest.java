package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
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
            String answer = exchange.getRequestURI().getPath().endsWith("/versions") ? versions : slot;
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.contains("\"error\"") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private final List<String> asked = new CopyOnWriteArrayList<>();

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
