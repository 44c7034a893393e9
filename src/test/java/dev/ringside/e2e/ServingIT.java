package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serving --models DIR}: a folder of models, asked as Triton's clients ask. */
class ServingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PORT = 26170;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    private Path put(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve("models").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Application start(List<String> properties, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "serving",
                "--models",
                folder.resolve("models").toString(),
                "--port",
                Integer.toString(PORT),
                "--grpc-port",
                Integer.toString(PORT + 1)));
        arguments.addAll(List.of(more));
        return Application.start(folder.resolve("serving.out"), properties, arguments.toArray(String[]::new));
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private RunningPlatform.Answer ask(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(method, path, body.getBytes(StandardCharsets.UTF_8));
        return new RunningPlatform.Answer(
                response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
    }

    private JsonNode done(String method, String path, String body) throws IOException, InterruptedException {
        RunningPlatform.Answer answer = ask(method, path, body);
        assertEquals(200, answer.status(), () -> path + ": " + answer);
        return answer.json();
    }

    private boolean isReady() throws IOException, InterruptedException {
        return ask("GET", "/v2/health/ready", "").status() == 200;
    }

    @Test
    void aFolderIsServedAsTritonServesIt() throws Exception {
        put("echo/1/model.onnx", EchoModel.onnx());
        long began = System.nanoTime();
        try (Application serving = start(
                List.of("-Dringside.serving.devices=cuda:7"),
                "--model-control-mode",
                "explicit",
                "--load-model",
                "*",
                "--shutdown-delay",
                "2")) {
            serving.await("ready", this::isReady);
            System.out.println("serving --models: ready after " + (System.nanoTime() - began) / 1_000_000 + " ms");

            isAskedInEveryForm();
            saysWhatItHas();
            countsWhatItsMetricsCount(serving);
            runsOnTheCpuWhereADeviceIsNot(serving);
            isLoadedAndUnloaded();
            refusesWhatIsNotHere();

            isNotReadyBeforeItStops(serving);
            assertEquals(143, serving.awaitExit(PATIENCE), serving.output());
            assertTrue(!serving.output().contains("ERROR"), serving.output());
        }
    }

    private void runsOnTheCpuWhereADeviceIsNot(Application serving) throws IOException, InterruptedException {
        String metrics = ask("GET", "/q/metrics", "").body();
        assertTrue(metrics.contains("ringside_serving_device{device=\"cpu\"} 1.0"), metrics);
        assertTrue(metrics.contains("ringside_serving_device{device=\"cuda:7\"} 0.0"), metrics);
        String devices =
                done("GET", "/q/health/ready", "").findPath("serving_devices").asText();
        assertTrue(devices.startsWith("cpu (cuda:7: "), devices);
        assertTrue(
                serving.output()
                        .contains("device cuda:7 of ringside.serving.devices cannot be used, models run on [cpu]"),
                serving.output());
    }

    private void isAskedInEveryForm() throws Exception {
        String request = "{\"id\": \"7\", \"inputs\": " + EchoModel.inputs() + "}";
        for (String path : List.of("/v2/models/echo/infer", "/v2/models/echo/versions/1/infer")) {
            RunningPlatform.Answer answer = ask("POST", path, request);
            assertEquals(200, answer.status(), answer::toString);
            assertEquals("echo", answer.json().get("model_name").asText());
            assertEquals("1", answer.json().get("model_version").asText());
            assertEquals("7", answer.json().get("id").asText());
            EchoModel.requireEcho(answer);
        }
        byte[] json = EchoModel.binaryRequest("\"binary_data_output\":true").getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(EchoModel.binaryTensors());
        HttpResponse<byte[]> binary = send(
                "POST",
                "/v2/models/echo/infer",
                body.toByteArray(),
                "Inference-Header-Content-Length",
                Integer.toString(json.length));
        int header = Integer.parseInt(
                binary.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertEquals(
                HexFormat.of().formatHex(EchoModel.binaryTensors()),
                HexFormat.of().formatHex(binary.body(), header, binary.body().length));
        RunningPlatform.Answer unknown = ask("POST", "/v2/models/nosuch/infer", request);
        assertTrue(
                unknown.status() == 404 && unknown.json().get("error").asText().startsWith("Request for unknown model"),
                unknown::toString);
    }

    private void saysWhatItHas() throws Exception {
        assertEquals(
                "[{\"name\":\"echo\",\"state\":\"READY\",\"version\":\"1\"}]",
                done("POST", "/v2/repository/index", "").toString());
        assertTrue(done("GET", "/v2", "").get("extensions").toString().contains("\"statistics\""));
        JsonNode metadata = done("GET", "/v2/models/echo", "");
        assertEquals("[\"1\"]", metadata.get("versions").toString());
        JsonNode configuration = done("GET", "/v2/models/echo/config", "");
        assertEquals("onnxruntime", configuration.get("backend").asText());
        assertEquals("TYPE_STRING", configuration.at("/input/2/data_type").asText(), configuration::toString);
    }

    private void countsWhatItsMetricsCount(Application serving) throws Exception {
        JsonNode counts = done("GET", "/v2/models/echo/versions/1/stats", "").at("/model_stats/0");
        assertEquals(3, counts.at("/inference_stats/success/count").asLong(), counts::toString);
        assertEquals(3, counts.get("execution_count").asLong());
        assertEquals(3, counts.get("inference_count").asLong());
        var same = new LinkedHashMap<String, String>();
        same.put("nv_inference_request_success", "/inference_stats/success/count");
        same.put("nv_inference_exec_count", "/execution_count");
        same.put("nv_inference_count", "/inference_count");
        serving.await("shown", () -> metric("nv_inference_request_success") == 3);
        for (var each : same.entrySet()) {
            assertEquals(counts.at(each.getValue()).asDouble(), metric(each.getKey()), each.getKey());
        }
        assertEquals(counts.at("/inference_stats/success/ns").asLong() / 1_000, (long)
                metric("nv_inference_request_duration_us"));
    }

    private double metric(String name) throws IOException, InterruptedException {
        String text = ask("GET", "/metrics", "").body();
        var line = Pattern.compile(name + "\\{model=\"echo\",version=\"1\"\\} (\\S+)")
                .matcher(text);
        return line.find() ? Double.parseDouble(line.group(1)) : -1;
    }

    private void isLoadedAndUnloaded() throws Exception {
        String request = "{\"inputs\": " + EchoModel.inputs() + "}";
        Path broken = put("echo/2/model.onnx", "no model".getBytes(StandardCharsets.UTF_8));
        RunningPlatform.Answer refused = ask("POST", "/v2/repository/models/echo/load", "");
        assertTrue(refused.isError() && refused.body().contains("failed to load"), refused::toString);
        assertEquals(
                "1",
                done("POST", "/v2/models/echo/infer", request)
                        .get("model_version")
                        .asText());
        assertTrue(isReady(), "a failed reload takes nothing out of service");

        Files.write(broken, EchoModel.onnx());
        done("POST", "/v2/repository/models/echo/load", "{\"parameters\": {}}");
        assertEquals(
                "2",
                done("POST", "/v2/models/echo/infer", request)
                        .get("model_version")
                        .asText());

        done("POST", "/v2/repository/models/echo/unload", "{\"parameters\": {\"unload_dependents\": false}}");
        RunningPlatform.Answer gone = ask("POST", "/v2/models/echo/infer", request);
        assertTrue(gone.status() == 404 && gone.isError(), gone::toString);
        assertEquals(
                "[]", done("POST", "/v2/repository/index", "{\"ready\": true}").toString());

        done("POST", "/v2/repository/models/echo/versions/1/load", "");
        assertEquals(
                "1",
                done("POST", "/v2/models/echo/infer", request)
                        .get("model_version")
                        .asText());
        RunningPlatform.Answer uploaded =
                ask("POST", "/v2/repository/models/echo/load", "{\"parameters\": {\"config\": \"{}\"}}");
        assertTrue(uploaded.status() == 501 && uploaded.isError(), uploaded::toString);
    }

    private void isNotReadyBeforeItStops(Application serving) throws Exception {
        serving.terminate();
        serving.await("not ready", () -> !isReady());
        done("POST", "/v2/models/echo/infer", "{\"inputs\": " + EchoModel.inputs() + "}");
    }

    private void refusesWhatIsNotHere() throws Exception {
        for (String path : List.of(
                "GET /v2/systemsharedmemory/status",
                "POST /v2/cudasharedmemory/region/a/register",
                "GET /v2/trace/setting",
                "POST /v2/models/echo/trace/setting",
                "POST /v2/logging")) {
            String[] parts = path.split(" ", 2);
            RunningPlatform.Answer answer = ask(parts[0], parts[1], parts[0].equals("GET") ? "" : "{}");
            assertTrue(answer.status() == 501 && answer.isError(), () -> path + ": " + answer);
        }
    }

    @Test
    void requestsThatComeTogetherAreRunTogether() throws Exception {
        int requests = 40;
        put("echo/1/model.onnx", EchoModel.onnx());
        put("echo/config.yaml", """
                        max_batch_size: 16
                        dynamic_batching: {max_queue_delay_microseconds: 200000, priority_levels: 2}
                        instance_group: [{count: 1}]
                        """.getBytes(StandardCharsets.UTF_8));
        try (var collector = new SpanCollector();
                Application serving = start(collector.properties())) {
            serving.await("ready", this::isReady);
            JsonNode configuration = done("GET", "/v2/models/echo/config", "");
            assertEquals(16, configuration.get("max_batch_size").asInt(), configuration::toString);
            assertEquals("[2]", configuration.at("/input/0/dims").toString(), configuration::toString);
            assertEquals(1, configuration.at("/instance_group/0/count").asInt(), configuration::toString);
            assertEquals(
                    "{\"default_queue_policy\":{\"max_queue_size\":256},\"max_queue_delay_microseconds\":200000,"
                            + "\"priority_levels\":2}",
                    configuration.get("dynamic_batching").toString());

            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < requests; i++) {
                answers.add(http.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/v2/models/echo/infer"))
                                .timeout(PATIENCE)
                                .header("traceparent", "00-" + trace(i) + "-00f067aa0ba902b7-01")
                                .POST(BodyPublishers.ofString("{\"id\": \"" + i + "\", \"inputs\": "
                                        + EchoModel.inputs().replace("7", Integer.toString(1_000 + i)) + "}"))
                                .build(),
                        BodyHandlers.ofString()));
            }
            for (int i = 0; i < requests; i++) {
                HttpResponse<String> answer = answers.get(i).join();
                assertEquals(200, answer.statusCode(), answer::body);
                assertTrue(
                        answer.body().contains("\"id\":\"" + i + "\"")
                                && answer.body().contains("[" + (1_000 + i) + ",-8]"),
                        answer::body);
            }
            JsonNode counts = done("GET", "/v2/models/echo/stats", "").at("/model_stats/0");
            assertEquals(requests, counts.get("inference_count").asInt(), counts::toString);
            assertTrue(counts.get("execution_count").asInt() < requests, counts::toString);
            long runs = 0;
            for (JsonNode batch : counts.get("batch_stats")) {
                assertTrue(batch.get("batch_size").asInt() <= 16, counts::toString);
                runs += batch.at("/compute_infer/count").asLong();
            }
            assertEquals(counts.get("execution_count").asLong(), runs, counts::toString);
            for (String stage : List.of("queue", "compute_input", "compute_infer", "compute_output")) {
                assertEquals(
                        requests,
                        counts.at("/inference_stats/" + stage + "/count").asInt(),
                        counts::toString);
                assertTrue(counts.at("/inference_stats/" + stage + "/ns").asLong() > 0, counts::toString);
            }
            long sinceLast =
                    System.currentTimeMillis() - counts.get("last_inference").asLong();
            assertTrue(Math.abs(sinceLast) < 60_000, counts::toString);
            serving.await("shown", () -> metric("nv_inference_exec_count") == runsOf(counts));
            assertTrue(metric("nv_inference_queue_duration_us") > 0);
            assertEquals(0, metric("nv_inference_pending_request_count"));
            haveTheirRunInEachTrace(collector, serving, requests, runs);
        }
    }

    private static String trace(int request) {
        return "%032x".formatted(1_000_000 + request);
    }

    /** The first of a run links to the requests of the others, and they to its. */
    private static void haveTheirRunInEachTrace(SpanCollector collector, Application serving, int requests, long runs)
            throws Exception {
        var computed = new LinkedHashMap<String, SpanCollector.Span>();
        for (int i = 0; i < requests; i++) {
            String trace = trace(i);
            serving.await("traced", () -> collector.of(trace).size() == 5);
            for (SpanCollector.Span span : collector.of(trace)) {
                if (span.name().equals("compute")) {
                    computed.put(span.parent(), span);
                }
            }
        }
        assertEquals(requests, computed.size());
        double counted = 0;
        long links = 0;
        for (var each : computed.entrySet()) {
            counted += 1.0 / (long) each.getValue().attributes().get("ringside.batch.requests");
            for (String link : each.getValue().links()) {
                links++;
                assertTrue(computed.get(link).links().contains(each.getKey()), "it links back");
                assertTrue(Math.abs(each.getValue().began() - computed.get(link).began()) < 50_000_000, link);
            }
        }
        assertEquals((double) runs, counted, 1e-9);
        assertEquals(2 * (requests - runs), links);
    }

    private static double runsOf(JsonNode counts) {
        return counts.get("execution_count").asDouble();
    }

    @Test
    void whatCannotBeServedIsRefusedBeforeAnythingStarts() throws Exception {
        Path models = put("fare/1/model.onnx", EchoModel.onnx())
                .getParent()
                .getParent()
                .getParent();
        var refusals = new LinkedHashMap<List<String>, String>();
        refusals.put(List.of("--models", folder.resolve("nowhere").toString()), "is not there");
        refusals.put(List.of("--models", models.resolve("fare").toString()), "is a model itself");
        refusals.put(List.of("--models", models.resolve("fare/1").toString()), "there is no model in");
        refusals.put(List.of("--models", models.toString(), "--host", "0.0.0.0"), "auth create-key");
        refusals.put(List.of("--models", models.toString(), "--load-model", "fare"), "--model-control explicit");
        refusals.put(List.of("--models", models.toString(), "--port", "70000"), "expected 1 to 65535");
        refusals.put(List.of("--modles", models.toString()), "--models");
        var started = new LinkedHashMap<Application, String>();
        for (var refusal : refusals.entrySet()) {
            var arguments = new ArrayList<>(List.of("serving"));
            arguments.addAll(refusal.getKey());
            started.put(
                    Application.start(
                            Files.createTempFile(folder, "refused-", ".out"),
                            List.of(),
                            arguments.toArray(String[]::new)),
                    refusal.getValue());
        }
        for (var refused : started.entrySet()) {
            assertEquals(
                    2, refused.getKey().awaitExit(PATIENCE), refused.getKey().output());
            assertTrue(
                    refused.getKey().output().contains(refused.getValue()),
                    refused.getKey().output());
        }
    }
}
