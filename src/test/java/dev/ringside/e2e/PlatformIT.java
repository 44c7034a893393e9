package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.e2e.RunningPlatform.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One platform by the wall clock: asked as clients ask it, killed, started again and stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {
    private static final int PORT = 25070;
    private static final String INFER = "/v2/models/echo/infer";
    private static final String BINARY = "Inference-Header-Content-Length";

    private final Set<String> predictions = new HashSet<>();
    private int outcomes;
    private Path folder;
    private RunningPlatform platform;

    @BeforeAll
    void startWithAnExperiment(@TempDir Path temporary) throws Exception {
        folder = temporary.resolve("data");
        platform = RunningPlatform.start(folder, PORT);
        EchoModel.install(platform);
        // Each with an id of its own: the same again would be answered as before, whatever is routed meanwhile.
        platform.await("routed", () -> {
            Answer answer = platform.post(INFER, EchoModel.request("first-" + predictions.size(), "ride-0", "north"));
            noted(answer);
            return answer.json().get("parameters").has("experiment");
        });
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private static void answered(Answer answer, int status) {
        assertEquals(status, answer.status(), answer::toString);
    }

    private String predict(String id, String unit, String region) throws IOException, InterruptedException {
        return noted(platform.post(INFER, EchoModel.request(id, unit, region)));
    }

    /** Checks an answer to one row of {@link EchoModel}, and notes its prediction for the books. */
    private String noted(Answer answer) throws IOException {
        assertEquals(200, answer.status(), answer::toString);
        JsonNode json = answer.json();
        json.fieldNames()
                .forEachRemaining(key -> assertTrue(
                        Set.of("model_name", "model_version", "id", "parameters", "outputs")
                                .contains(key),
                        () -> "Triton's Java client throws at the key '" + key + "'"));
        EchoModel.requireEcho(answer);
        assertTrue(answer.response().headers().firstValue("content-length").isPresent());
        assertTrue(answer.response().headers().firstValue("transfer-encoding").isEmpty());
        String prediction = json.path("parameters").path("prediction_id").asText();
        if (!prediction.isEmpty()) {
            predictions.add(prediction);
        }
        return prediction;
    }

    private void post(String id, String reference, String unitOrPrediction) throws IOException, InterruptedException {
        String outcome = "{\"event_id\": \"%s\", \"%s\": \"%s\", \"name\": \"fare\", \"value\": 12.5, \"time\": \"%s\"}"
                .formatted(id, reference, unitOrPrediction, Instant.now());
        answered(platform.post("/api/outcomes", outcome), 202);
        outcomes++;
    }

    @Test
    @Order(1)
    void aBodyAsEachClientSendsItIsAnswered() throws IOException, InterruptedException {
        String inputs = EchoModel.inputs();
        // Triton's Java client: no Content-Type, parameters on each tensor, an order of keys of its own.
        String java = inputs.replace("\"data\"", "\"parameters\": {}, \"data\"");
        noted(platform.post(
                INFER,
                "{\"outputs\": [{\"name\": \"n_out\", \"parameters\": {\"binary_data\": false}}], \"id\": \"j-1\", \"inputs\": "
                        + java + "}"));
        noted(platform.post(INFER, "{\"inputs\": " + java + ", \"parameters\": {\"binary_data_output\": true}}"));
        // Triton's Python client with binary_data=False: asks for binary outputs unless it names some.
        Answer python = platform.post(
                INFER,
                "{\"id\":\"p-1\",\"inputs\":" + inputs
                        + ",\"parameters\":{\"priority\":1,\"timeout\":5000000,\"binary_data_output\":true,"
                        + "\"unit\":\"ride-1\",\"region\":\"north\"}}");
        noted(python);
        assertEquals("p-1", python.json().get("id").asText());
        assertEquals("duel", python.json().get("parameters").get("experiment").asText());
        // KServe's client: JSON by its type, the model's name in the body, nested data.
        String nested = inputs.replace("[0.5, -1.5]", "[[0.5, -1.5]]").replace("[7, -8]", "[[7, -8]]");
        noted(platform.send(platform.request(INFER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\": \"k-1\", \"model_name\": \"echo\", \"inputs\": " + nested
                        + ", \"parameters\": {\"unit\": \"ride-2\", \"region\": \"north\"}, \"extra\": {\"a\": [1]}}"))
                .build()));
        // Triton's own tests and curl -d: a form's type.
        noted(platform.send(platform.request(INFER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(EchoModel.request("c-1", "ride-3", "south")))
                .build()));
        noted(platform.post("/v2/models/echo/versions/2/infer", "{\"inputs\": " + inputs + "}"));
        assertEquals("{\"live\":true}", platform.get("/v2/health/live").body());
        assertEquals("{\"ready\":true}", platform.get("/v2/health/ready").body());
        assertEquals("{\"ready\":true}", platform.get("/v2/models/echo/ready").body());
    }

    @Test
    @Order(2)
    void aRequestThatIsSentAgainGetsTheSamePrediction() throws IOException, InterruptedException {
        String first = predict("again", "ride-4", "north");
        assertEquals(first, predict("again", "ride-4", "north"));
        assertNotEquals(first, predict("another", "ride-4", "north"));
        assertNotEquals(first, predict("again", "ride-5", "north"));
    }

    private Answer binary(String path, String json, byte[] tensors) throws IOException, InterruptedException {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + tensors.length);
        System.arraycopy(tensors, 0, body, head.length, tensors.length);
        return platform.send(platform.request(path)
                .header(BINARY, Integer.toString(head.length))
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    @Order(3)
    @DisplayName("binary tensors go in and come out, routed and by version, as Triton's Python client sends them")
    void binaryTensorsGoInAndOut() throws IOException, InterruptedException {
        Answer routed = binary(
                INFER,
                EchoModel.binaryRequest("\"binary_data_output\":true,\"unit\":\"ride-6\",\"region\":\"north\""),
                EchoModel.binaryTensors());
        noted(routed);
        assertEquals(
                "application/octet-stream",
                routed.response().headers().firstValue("content-type").orElse(""));
        assertEquals("duel", routed.json().get("parameters").get("experiment").asText());
        Answer json = binary(
                "/v2/models/echo/versions/2/infer",
                EchoModel.binaryRequest("\"priority\":1"),
                EchoModel.binaryTensors());
        noted(json);
        assertTrue(json.response().headers().firstValue(BINARY).isEmpty(), "asked for no binary outputs");
        Answer cut = binary(INFER, EchoModel.binaryRequest("\"unit\":\"ride-7\""), new byte[9]);
        assertTrue(cut.status() == 400 && cut.isError() && cut.body().contains("1 bytes that are left"), cut::toString);
        Answer several = platform.send(platform.request(INFER)
                .header(BINARY, "0")
                .POST(BodyPublishers.ofByteArray(new byte[8]))
                .build());
        assertTrue(several.status() == 400 && several.body().contains("the only input"), several::toString);
    }

    @Test
    @Order(4)
    void aBodyTooLargeIsRefusedBeforeItIsReadAndWhileItIsRead() throws IOException, InterruptedException {
        byte[] large = " ".repeat(9_000_000).getBytes(StandardCharsets.UTF_8);
        for (String path : List.of(INFER, "/api/outcomes", "/api/slots/echo/champion")) {
            Answer announced = platform.send("POST", path, large);
            assertTrue(announced.status() == 413 && announced.isError(), announced::toString);
            Answer chunked = platform.send(platform.request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                    .build());
            assertTrue(chunked.status() == 413 && chunked.isError(), chunked::toString);
        }
        answered(platform.send("POST", "/api/artefacts", large), 201);
        // Encoded it is small; what it decodes to is not.
        Answer encoded = platform.send(platform.request(INFER)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(large)))
                .build());
        assertTrue(encoded.status() == 413 && encoded.isError(), encoded::toString);
    }

    @Test
    @Order(4)
    @DisplayName("D13: bodies in gzip and deflate are answered, and others refused with 415")
    void anEncodedBodyIsDecodedOrRefused() throws IOException, InterruptedException {
        byte[] plain = EchoModel.request("z-1", "ride-4", "south").getBytes(StandardCharsets.UTF_8);
        byte[] other = EchoModel.request("z-2", "ride-4", "south").getBytes(StandardCharsets.UTF_8);
        for (var body : Map.of("gzip", gzip(plain), "deflate", deflate(other)).entrySet()) {
            noted(platform.send(platform.request(INFER)
                    .header("Content-Encoding", body.getKey())
                    .POST(BodyPublishers.ofByteArray(body.getValue()))
                    .build()));
        }
        for (var wrong : Map.of("br", 415, "gzip", 400).entrySet()) {
            Answer refused = platform.send(platform.request(INFER)
                    .header("Content-Encoding", wrong.getKey())
                    .POST(BodyPublishers.ofByteArray(plain))
                    .build());
            assertTrue(refused.status() == wrong.getValue() && refused.isError(), refused::toString);
        }
    }

    @Test
    @Order(4)
    void anAnswerIsEncodedForWhoAsksForIt() throws IOException, InterruptedException {
        // The same again is answered as before.
        String request = EchoModel.request("encoded", "ride-4", "north");
        Answer plain = platform.post(INFER, request);
        noted(plain);
        for (String encoding : List.of("gzip", "deflate")) {
            Answer encoded = platform.send(platform.request(INFER)
                    .header("Accept-Encoding", encoding)
                    .POST(BodyPublishers.ofString(request))
                    .build());
            assertEquals(
                    encoding,
                    encoded.response().headers().firstValue("Content-Encoding").orElse("none"));
            var body = new ByteArrayInputStream(encoded.response().body());
            try (InputStream decoded =
                    encoding.equals("gzip") ? new GZIPInputStream(body) : new InflaterInputStream(body)) {
                assertEquals(plain.body(), new String(decoded.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out)) {
            deflate.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    @Order(5)
    void aSecondProcessOnTheSameFolderIsRefused() throws IOException, InterruptedException {
        Application second = Application.run(
                folder.resolveSibling("second.out"),
                Duration.ofMinutes(1),
                "up",
                "--data-dir",
                folder.toString(),
                "--port",
                "25170");
        assertEquals(2, second.status(), second.output());
        assertTrue(
                second.output().contains("another process of role all runs on data folder " + folder), second.output());
        answered(platform.get("/q/health/ready"), 200);
    }

    @Test
    @Order(6)
    void aKilledPlatformThatIsStartedAgainHasLostNothing() throws Exception {
        String prediction = predict("before", "ride-6", "north");
        post("by-prediction", "prediction_id", prediction);
        post("by-unit", "unit", "ride-0");
        List<String> before = state();
        List<Long> postgres = platform.processes("/bin/postgres");
        List<Long> broker = platform.processes("BrokerMain");
        platform.application().kill();
        platform.close();

        platform = RunningPlatform.start(folder, PORT);
        assertEquals(before, state());
        assertEquals(postgres, platform.processes("/bin/postgres"), "PostgreSQL is used again");
        assertEquals(1, platform.processes("BrokerMain").size(), "one broker");
        assertNotEquals(broker, platform.processes("BrokerMain"), "the old broker ends with its parent");
        // One that was answered before it could be shipped is shipped first; the same again is the same unit's next.
        predict("after", "ride-6", "north");
        post("after", "unit", "ride-6");
        platform.await("counted", () -> {
            JsonNode books = platform.get("/api/books").json();
            long known = 0;
            for (JsonNode number : books.get("outcomes")) {
                known += number.asLong();
            }
            return books.get("predictions").asLong() == predictions.size() && known == outcomes;
        });
    }

    /** What must not change, as the API tells it. */
    private List<String> state() throws IOException, InterruptedException {
        var state = new ArrayList<String>();
        for (String path : List.of("/api/slots", "/api/experiments", "/api/slots/echo/champion")) {
            state.add(platform.get(path).body());
        }
        for (JsonNode version : platform.get("/api/slots/echo/versions").json()) {
            state.add(version.get("version") + " " + version.get("sha256") + " " + version.get("registered_at"));
        }
        return state;
    }

    @Test
    @Order(7)
    void onSigtermEverythingStopsInOrder() throws IOException, InterruptedException {
        platform.application().terminate();
        assertEquals(143, platform.application().awaitExit(Duration.ofSeconds(30)), platform.printed());
        assertEquals(List.of(), platform.processes(""), "left running");
        assertTrue(Files.notExists(folder.resolve("postgres").resolve("postmaster.pid")), "PostgreSQL was not stopped");
    }
}
