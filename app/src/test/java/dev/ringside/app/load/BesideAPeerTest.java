package dev.ringside.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ringside.benchmarks.serving.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers whose answers are known, in the place of ours and of the other one. */
class BesideAPeerTest {
    private static final Duration EACH = Duration.ofMillis(60);
    private static final Questions QUESTIONS = new Questions(Network.SMALL, 1);

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    /** @param length as {@link com.sun.net.httpserver.HttpExchange#sendResponseHeaders} takes it: 0 for chunks */
    private URI server(int status, int length) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(QUESTIONS.path(), exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, length);
            if (length >= 0) {
                exchange.getResponseBody().write(new byte[Math.max(1, length)]);
            }
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void whatIsToldIsMadeOfWhatBothAnswered() throws Exception {
        Map<String, List<Double>> raw = new LinkedHashMap<>();
        double ratio = new BesideAPeer(server(200, 2), server(200, 2), QUESTIONS, 2, EACH).round(false, raw);
        assertEquals(
                List.of(
                        "requests_per_second",
                        "p99_ms",
                        "clients",
                        "requests_per_second_of_the_peer",
                        "p99_ms_of_the_peer"),
                List.copyOf(raw.keySet()));
        double ours = raw.get("requests_per_second").getFirst();
        double theirs = raw.get("requests_per_second_of_the_peer").getFirst();
        assertTrue(theirs > 0, raw::toString);
        assertEquals(ours / theirs, ratio);
        assertTrue(raw.get("p99_ms").getFirst() <= raw.get("p99_ms_of_the_peer").getFirst(), raw::toString);
    }

    @Test
    void aPeerThatDoesNotServeTheNetworkIsToldWhatItIsToServe() throws IOException {
        URI peer = server(404, 2);
        URI ours = server(200, 2);
        String message = assertThrows(IOException.class, () -> new BesideAPeer(peer, ours, QUESTIONS, 2, EACH))
                .getMessage();
        assertEquals(
                "--peer " + peer + " does not answer POST /v2/models/64-32-1/infer with 200: it is to serve"
                        + " 64-32-1/1/model.onnx of --write-networks",
                message);
    }

    @Test
    void aPeerThatAnswersInChunksOrNotAtAllIsNamed() throws IOException {
        URI chunks = server(200, 0);
        URI ours = server(200, 2);
        IOException found = assertThrows(IOException.class, () -> new BesideAPeer(chunks, ours, QUESTIONS, 2, EACH));
        assertTrue(
                found.getMessage().contains("comes in chunks, expected one with a Content-Length"), found::getMessage);
        URI nobody = server(200, 2);
        servers.getLast().stop(0);
        found = assertThrows(IOException.class, () -> new BesideAPeer(nobody, ours, QUESTIONS, 2, EACH));
        assertTrue(found.getMessage().startsWith("--peer " + nobody + ": expected a server"), found::getMessage);
    }
}
