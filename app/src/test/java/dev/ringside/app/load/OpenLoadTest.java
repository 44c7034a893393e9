package dev.ringside.app.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenLoadTest {
    private final ExecutorService only = Executors.newSingleThreadExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Duration pause = Duration.ZERO;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(only);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (asked.getAndIncrement() == 0) {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        only.shutdownNow();
    }

    private Outcome send(double perSecond, Duration time) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new OpenLoad(HttpRequests.post(address, "/", List.of("{}".getBytes(UTF_8)))).send(perSecond, time);
    }

    @Test
    void aServerThatStandsStillIsChargedForAllThatShouldHaveComeMeanwhile() throws Exception {
        pause = Duration.ofMillis(500);
        Outcome outcome = send(400, Duration.ofSeconds(1));
        assertEquals(0, outcome.failed());
        // Half of them come while it stands still, more than the connections that there are; a quarter wait for 250 ms.
        assertTrue(outcome.millis(0.8) > 200, () -> "80 % within " + outcome.millis(0.8) + " ms");
    }

    @Test
    void asManyComeAsWereToCome() throws Exception {
        Outcome outcome = send(300, Duration.ofSeconds(1));
        assertEquals(asked.get(), outcome.answered());
        assertTrue(Math.abs(outcome.answered() - 300) < 60, () -> outcome.answered() + " of about 300");
    }
}
