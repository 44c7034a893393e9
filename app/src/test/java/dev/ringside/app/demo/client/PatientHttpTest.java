package dev.ringside.app.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientHttpTest {
    private static final byte[] CLOCK = "{\"time\": \"2001-04-02T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void theSameRequestIsSentAgainWhileItIsAnswered503OrTheConnectionBreaks() throws Exception {
        FakePlatform.Failure[] first = {
            FakePlatform.Failure.UNAVAILABLE, FakePlatform.Failure.CLOSED_BEFORE, FakePlatform.Failure.CLOSED_AFTER
        };
        try (var platform = new FakePlatform(n -> n < first.length ? first[n] : FakePlatform.Failure.NONE);
                var http = new PatientHttp(Duration.ofSeconds(20))) {
            http.post(platform.endpoints().clock(), CLOCK);
            assertEquals(3, http.repeats());
            // Once by the request whose answer was lost, once by its repeat.
            assertEquals(2, platform.log().size());
            assertEquals(platform.log().get(0), platform.log().get(1));
        }
    }

    @Test
    void aRefusalIsAnErrorWithTheServersWords() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\": \"'time': before the clock\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (var http = new PatientHttp(Duration.ofSeconds(20))) {
            var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/clock");
            ReplayFailure failure = assertThrows(ReplayFailure.class, () -> http.post(address, CLOCK));
            assertTrue(failure.getMessage().contains("400: 'time': before the clock"), failure.getMessage());
            assertEquals(0, http.repeats());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void itGivesUpWhenNothingAnswersForTooLong() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (var http = new PatientHttp(Duration.ofMillis(200))) {
            var address = URI.create("http://127.0.0.1:" + free + "/api/clock");
            ReplayFailure failure = assertThrows(ReplayFailure.class, () -> http.post(address, CLOCK));
            assertTrue(failure.getMessage().startsWith("gave up"), failure.getMessage());
            assertTrue(http.repeats() > 0);
        }
    }
}
