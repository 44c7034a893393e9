package dev.ringside.app.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlClientTest {

    private static HttpServer answering(int status, String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static ControlClient client(HttpServer server) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ControlClient(address, "ada", Duration.ofSeconds(10));
    }

    @Test
    void anAnswerWithoutABodyIsNoMistake() throws Exception {
        HttpServer server = answering(204, "");
        try {
            assertTrue(
                    client(server).post("/api/clock", Document.json(Map.of())).isMissingNode());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRefusalHasTheStatusAndTheServersWords() throws Exception {
        HttpServer server = answering(409, "{\"error\": \"it runs\"}");
        try {
            ControlFailure.Refused refused = assertThrows(
                    ControlFailure.Refused.class, () -> client(server).get("/api/slots"));
            assertEquals(409, refused.status());
            assertEquals("it runs", refused.getMessage());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatAnotherServerSaysIsShownAsItIs() throws Exception {
        HttpServer server = answering(502, "<h1>Bad Gateway</h1>");
        try {
            ControlFailure.Refused refused = assertThrows(
                    ControlFailure.Refused.class, () -> client(server).get("/api/slots"));
            assertEquals("/api/slots was answered with status 502: <h1>Bad Gateway</h1>", refused.getMessage());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesAreEncodedForPaths() {
        assertEquals("a%20b%2Fc", ControlClient.encode("a b/c"));
    }
}
