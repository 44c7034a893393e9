package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each embedded server is killed and paused under load: no prediction fails, and the books are equal afterwards (B5). */
@Isolated("What comes back in time needs its time.")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final int PORT = 25670;
    private static final int PREDICTIONS_A_SECOND = 75;
    private static final Duration BACK = Duration.ofSeconds(20);

    /** Longer than anybody waits for one answer of a server, and than Kafka's groups wait for a member. */
    private static final Duration PAUSED = Duration.ofSeconds(15);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicLong outcomes = new AtomicLong();
    private final Map<String, String> failed = new ConcurrentHashMap<>();
    private RunningPlatform platform;
    private long before;

    @BeforeAll
    void startUnderLoad(@TempDir Path folder) throws Exception {
        platform = RunningPlatform.start(folder.resolve("data"), PORT);
        EchoModel.install(platform);
        before = books("predictions").asLong();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        long period = TimeUnit.SECONDS.toMicros(1) / PREDICTIONS_A_SECOND;
        var _ = clock.scheduleAtFixedRate(() -> threads.execute(this::predict), 0, period, TimeUnit.MICROSECONDS);
    }

    @AfterAll
    void stop() {
        clock.shutdownNow();
        platform.close();
    }

    private JsonNode books(String what) throws IOException, InterruptedException {
        return platform.get("/api/books").json().path(what);
    }

    private void predict() {
        int number = sent.incrementAndGet();
        underWay.incrementAndGet();
        try {
            var answer =
                    platform.post("/v2/models/echo/infer", EchoModel.request("f-" + number, "unit-" + number, "north"));
            if (answer.status() == 200) {
                answered.incrementAndGet();
            } else {
                failed.put("f-" + number, answer.toString());
            }
        } catch (IOException e) {
            failed.put("f-" + number, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** Sent again until it is accepted, as a client does. */
    private void outcome(String id) throws Exception {
        String body =
                "[{\"event_id\": \"%s\", \"unit\": \"unit-1\", \"name\": \"fare\", \"value\": 1, \"time\": \"%s\"}]"
                        .formatted(id, Instant.now());
        platform.await("accepted", () -> platform.post("/api/outcomes", body).status() == 202);
        outcomes.incrementAndGet();
    }

    private long process(String name) throws IOException {
        List<Long> found = platform.processes(name.equals("kafka") ? "BrokerMain" : "/bin/postgres");
        return found.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, Long.toString(process))
                        .start()
                        .waitFor());
    }

    private JsonNode server(String name) throws IOException, InterruptedException {
        for (JsonNode server : platform.get("/api/servers").json()) {
            if (server.get("name").asText().equals(name)) {
                return server;
            }
        }
        throw new AssertionError("no server " + name);
    }

    private boolean isAway(String name) throws IOException, InterruptedException {
        return server(name).hasNonNull("away_since");
    }

    private long lines(String words) {
        return platform.printed().lines().filter(line -> line.contains(words)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "postgres"})
    @Order(1)
    void aServerThatIsKilledComesBackByItselfOnTheSamePortAndData(String name) throws Exception {
        long process = process(name);
        signal("-KILL", process);
        platform.await("noticed", () -> isAway(name));
        long killed = System.nanoTime();
        var health = platform.get("/q/health");
        assertEquals(503, health.status(), health::toString);
        assertTrue(health.body().contains("away since"), health::toString);
        assertEquals(200, platform.get("/q/health/live").status());
        platform.await("back", () -> !isAway(name));
        Duration away = Duration.ofNanos(System.nanoTime() - killed);
        assertTrue(away.compareTo(BACK) <= 0, name + " was away for " + away);
        assertTrue(process(name) != process && process(name) != 0, "the same process");
        outcome("after-kill-" + name);
        assertEquals(1, lines(name + " at " + server(name).get("address").asText() + " is away"), platform::printed);
        assertEquals(1, lines(name + " at " + server(name).get("address").asText() + " is back"), platform::printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "postgres"})
    @Order(2)
    void aServerThatIsPausedIsReportedAndGoesOn(String name) throws Exception {
        long process = process(name);
        signal("-STOP", process);
        long paused = System.nanoTime();
        if (name.equals("kafka")) {
            platform.await("noticed", () -> isAway(name));
        }
        Thread.sleep(Math.max(
                0,
                PAUSED.toMillis() - Duration.ofNanos(System.nanoTime() - paused).toMillis()));
        signal("-CONT", process);
        platform.await("back", () -> !isAway(name));
        assertEquals(process, process(name), "it was not left to itself");
        outcome("after-pause-" + name);
    }

    @Test
    @Order(3)
    void noPredictionFailedAndTheBooksAreEqual() throws Exception {
        clock.shutdown();
        platform.await("answered", () -> underWay.get() == 0);
        assertEquals(Map.of(), failed);
        assertTrue(answered.get() > PREDICTIONS_A_SECOND * PAUSED.toSeconds(), "only " + answered);
        platform.await("counted", () -> books("predictions").asLong() - before == answered.get());
        long known = 0;
        for (JsonNode number : books("outcomes")) {
            known += number.asLong();
        }
        assertEquals(outcomes.get(), known);
        long lines = platform.printed().lines().count();
        assertTrue(lines < 300, lines + " lines of log:\n" + platform.printed());
    }
}
