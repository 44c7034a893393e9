package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.redis.RedisAddress;
import dev.ringside.grpc.ModelInferRequest;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An input that callers do not send comes from Redis, so do answers that are given again and the count of a limit. It is
 * killed and paused under load: no prediction fails.
 */
class FeaturesIT {
    private static final int PORT = 28670;
    private static final int PREDICTIONS_A_SECOND = 75;
    private static final Duration PAUSED = Duration.ofSeconds(8);

    /** Long enough for a machine that does much else. */
    private static final String BUDGET = "100ms";

    private final Map<String, String> failed = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicLong withDefault = new AtomicLong();

    @TempDir
    Path folder;

    private Path data;
    private RunningPlatform platform;

    @Test
    void predictionsGoOnWhateverHappensToRedis() throws Exception {
        data = folder.resolve("data");
        try (RunningPlatform started = RunningPlatform.start(data, PORT)) {
            platform = started;
            install();
            write("rider-1", "17");
            JsonNode sentHour = answer(request("rider-1", true));
            JsonNode fetched = answer(request("rider-1", false));
            assertEquals(fare(sentHour), fare(fetched));
            assertFalse(fetched.path("parameters").has("defaulted"), fetched::toString);
            JsonNode unknown = answer(request("nobody", false));
            assertEquals(
                    "hour: absent", unknown.path("parameters").path("defaulted").asText());
            assertNotEquals(fare(sentHour), fare(unknown));
            assertAnswersAreGivenAgain(fetched);

            long before = books();
            var clock = Executors.newSingleThreadScheduledExecutor();
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            long period = TimeUnit.SECONDS.toMicros(1) / PREDICTIONS_A_SECOND;
            var _ = clock.scheduleAtFixedRate(() -> threads.execute(this::predict), 0, period, TimeUnit.MICROSECONDS);

            long first = process();
            signal("-KILL", first);
            platform.await("noticed", () -> platform.get("/q/health").status() == 503);
            platform.await("back", () -> platform.get("/q/health").status() == 200);
            assertNotEquals(first, process());
            write("rider-1", "17");
            platform.await("asked again", this::isAnsweredWhole);

            signal("-STOP", process());
            platform.await("noticed", () -> platform.get("/q/health").status() == 503);
            Thread.sleep(PAUSED);
            assertTrue(withDefault.get() > 0, "no prediction had the default");
            signal("-CONT", process());
            platform.await("asked again", this::isAnsweredWhole);

            clock.shutdown();
            platform.await("answered", () -> underWay.get() == 0);
            assertEquals(Map.of(), failed);
            assertTrue(sent.get() > PREDICTIONS_A_SECOND * PAUSED.toSeconds(), "only " + sent);
            long own = sent.get();
            platform.await("counted", () -> books() - before >= own);
            String metrics = platform.get("/q/metrics").body();
            assertTrue(metrics.contains("ringside_features_found_total{slot=\"fare\"}"), metrics);
            assertTrue(
                    metrics.lines()
                            .anyMatch(line -> line.startsWith("ringside_features_defaulted_total{reason=\"away\"")
                                    && !line.endsWith(" 0.0")),
                    metrics);
            assertCounted(metrics, "ringside_cache_reads_total{result=\"hit\"");
            assertCounted(metrics, "ringside_cache_reads_total{result=\"away\"");
            assertCounted(metrics, "ringside_limits_admitted_total{counted=\"shared\"");
            assertCounted(metrics, "ringside_limits_admitted_total{counted=\"local_away\"");
            assertTakesNoMoreThanItSays();
        }
        assertEquals(List.of(), platform.processes("redis-server"), "Redis ends with the platform");
    }

    private void install() throws Exception {
        for (String version : List.of("v1", "v2")) {
            Path model = Application.HOME.resolve("demo/own-model/fare-" + version.substring(1) + ".onnx");
            command(
                    "models",
                    "register",
                    "fare",
                    version,
                    model.toString(),
                    "--url",
                    platform.base(),
                    "--create-slot",
                    "--unit-type",
                    "rider");
        }
        command("models", "promote", "fare", "v2", "--why", "it reads the hour", "--url", platform.base());
        put(PREDICTIONS_A_SECOND * 100);
        platform.await("routed", () -> !platform.get("/v2/models/fare").body().contains("\"hour\""));
    }

    private void put(int requestsPerSecond) throws IOException, InterruptedException {
        var slot = (ObjectNode) platform.get("/api/slots/fare").json();
        slot.retain("name", "unit_type", "signature");
        var documents = new ObjectMapper();
        slot.set(
                "features",
                documents.readTree("{\"from\": \"redis\", \"key\": \"rider:{unit}\", \"fields\": [\"hour\"],"
                        + " \"defaults\": {\"hour\": 3}, \"budget\": \"" + BUDGET + "\"}"));
        slot.set("cache", documents.readTree("{\"ttl\": \"1h\", \"budget\": \"" + BUDGET + "\"}"));
        slot.set(
                "limits",
                documents.readTree(
                        "{\"requests_per_second\": " + requestsPerSecond + ", \"budget\": \"" + BUDGET + "\"}"));
        var put = platform.put("/api/slots/fare", slot.toString());
        assertEquals(200, put.status(), put::toString);
    }

    /** The model has not run for it, and it is a prediction like any other. */
    private void assertAnswersAreGivenAgain(JsonNode first) throws Exception {
        platform.await(
                "kept",
                () -> answer(request("rider-1", false)).path("parameters").has("cached"));
        long inferences = inferences();
        JsonNode again = answer(request("rider-1", false));
        assertTrue(again.path("parameters").path("cached").asBoolean(), again::toString);
        assertEquals(first.path("outputs"), again.path("outputs"));
        assertNotEquals(
                first.path("parameters").path("prediction_id"),
                again.path("parameters").path("prediction_id"));
        assertEquals(inferences, inferences());
    }

    private long inferences() throws IOException, InterruptedException {
        return platform.get("/v2/models/fare/versions/v2/stats")
                .json()
                .path("model_stats")
                .path(0)
                .path("inference_count")
                .asLong();
    }

    private static void assertCounted(String metrics, String counter) {
        assertTrue(metrics.lines().anyMatch(line -> line.startsWith(counter) && !line.endsWith(" 0.0")), metrics);
    }

    private void assertTakesNoMoreThanItSays() throws Exception {
        put(1);
        var refused = new AtomicReference<RunningPlatform.Answer>();
        platform.await("limited", () -> {
            refused.set(platform.post("/v2/models/fare/infer", request("rider-1", false)));
            return refused.get().status() == 429;
        });
        assertTrue(refused.get().isError(), refused::toString);
        assertTrue(
                refused.get().body().contains("takes 1 requests a second of all callers together"), refused::toString);
        assertEquals(
                "1",
                refused.get().response().headers().firstValue("Retry-After").orElse(null));
        try (var grpc = new GrpcClient(PORT + 10)) {
            var asked = ModelInferRequest.newBuilder().setModelName("fare").build();
            platform.await(
                    "refused over gRPC",
                    () -> GrpcClient.refusal(() -> grpc.ask().modelInfer(asked))
                            .startsWith("RESOURCE_EXHAUSTED: slot 'fare' takes 1 requests a second"));
        }
    }

    private void command(String... arguments) throws IOException, InterruptedException {
        var application = Application.run(folder.resolve("command.out"), Duration.ofMinutes(2), arguments);
        assertEquals(0, application.status(), application.output());
    }

    /** As the job would that keeps features up to date; it waits for a Redis that has just started. */
    private void write(String rider, String hour) throws Exception {
        String password =
                Files.readString(data.resolve("secrets/redis-password")).strip();
        try (var client = RedisClient.create(
                        RedisAddress.local(PORT + 9, password).url());
                var connection = client.connect()) {
            connection.sync().hset("rider:" + rider, "hour", hour);
        }
    }

    private static String request(String rider, boolean withHour) {
        return "{\"parameters\": {\"unit\": \"" + rider + "\"}, \"inputs\": ["
                + (withHour ? "{\"name\": \"hour\", \"shape\": [1, 1], \"datatype\": \"INT64\", \"data\": [17]}, " : "")
                + "{\"name\": \"distance_km\", \"shape\": [1, 1], \"datatype\": \"FP64\", \"data\": [7.25]}]}";
    }

    private JsonNode answer(String request) throws IOException, InterruptedException {
        var answer = platform.post("/v2/models/fare/infer", request);
        assertEquals(200, answer.status(), answer::toString);
        return answer.json();
    }

    private static double fare(JsonNode answer) {
        return answer.path("outputs").path(0).path("data").path(0).asDouble();
    }

    private boolean isAnsweredWhole() throws IOException, InterruptedException {
        return !answer(request("rider-1", false)).path("parameters").has("defaulted");
    }

    private void predict() {
        int number = sent.incrementAndGet();
        underWay.incrementAndGet();
        try {
            var answer = platform.post("/v2/models/fare/infer", request("rider-1", false));
            if (answer.status() != 200) {
                failed.put("f-" + number, answer.toString());
            } else if (answer.json().path("parameters").has("defaulted")) {
                withDefault.incrementAndGet();
            }
        } catch (IOException e) {
            failed.put("f-" + number, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private long books() throws IOException, InterruptedException {
        return platform.get("/api/books").json().path("predictions").asLong();
    }

    private long process() throws IOException {
        return platform.processes("redis-server").stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, Long.toString(process))
                        .start()
                        .waitFor());
    }
}
