package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TorchScript files beside ONNX files of the same weights, which the trainer's TorchScriptFilesTest has written. */
class TorchScriptIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path MODULE = Application.HOME.resolve("torchscript");
    private static final Path FILES = MODULE.resolve("src/test/resources/dev/ringside/torchscript");
    private static final String TRANSLATOR = "dev/ringside/torchscript/TextLength.class";
    private static final int PORT = 26570;
    private static final int AT_ONCE = 8;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    private void put(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve("models").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(FILES.resolve(name));
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> ask(String method, String path, String body) throws IOException, InterruptedException {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    private JsonNode infer(String model, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("POST", "/v2/models/" + model + "/infer", body);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.read(answer.body(), JsonNode.class).path("outputs");
    }

    private static String rows(int count, Random random) {
        var x = new ArrayList<String>();
        var hours = new ArrayList<String>();
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < 8; i++) {
                x.add(String.format(Locale.ROOT, "%.4f", random.nextGaussian()));
            }
            hours.add(Integer.toString(random.nextInt(-3, 4)));
        }
        return """
                {"inputs": [{"name": "hour", "shape": [%1$d, 1], "datatype": "INT64", "data": [%3$s]},
                            {"name": "x", "shape": [%1$d, 8], "datatype": "FP32", "data": [%2$s]}]}
                """.formatted(count, String.join(",", x), String.join(",", hours));
    }

    private static void assertAlike(JsonNode expected, JsonNode found) {
        assertEquals(expected.size(), found.size());
        for (int output = 0; output < expected.size(); output++) {
            assertEquals(expected.get(output).path("name"), found.get(output).path("name"));
            assertEquals(expected.get(output).path("shape"), found.get(output).path("shape"));
            JsonNode a = expected.get(output).path("data");
            JsonNode b = found.get(output).path("data");
            for (int i = 0; i < a.size(); i++) {
                assertEquals(a.get(i).asDouble(), b.get(i).asDouble(), 1e-5);
            }
        }
    }

    private JsonNode index() throws IOException, InterruptedException {
        return Json.read(ask("POST", "/v2/repository/index", "{}").body(), JsonNode.class);
    }

    private String reason(String model) throws IOException, InterruptedException {
        for (JsonNode version : index()) {
            if (version.path("name").asText().equals(model)) {
                return version.path("state").asText() + " "
                        + version.path("reason").asText();
            }
        }
        return "not there";
    }

    private static List<ProcessHandle> children(Application serving) {
        return ProcessHandle.of(serving.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("TorchScriptMain"))
                .toList();
    }

    @Test
    void torchScriptIsServedBesideItsOnnxTwinAndOutlivesItsProcess() throws Exception {
        put("onnx/1/model.onnx", file("twin.onnx"));
        put("torch/1/model.pt", file("twin.pt"));
        put("words/1/model.pt", file("doubled.pt"));
        put("bare/1/model.pt", file("bare.pt"));
        put("cut/1/model.pt", Arrays.copyOf(file("twin.pt"), 2_000));
        put("wrong/1/model.pt", file("brain.pt"));
        try (Application serving = Application.start(
                folder.resolve("serving.out"),
                List.of(
                        "-Dringside.torchscript.translators=" + translators(),
                        // Where the module's tests have unpacked it.
                        "-Dringside.torchscript.cache=" + MODULE.resolve("target/djl")),
                "serving",
                "--models",
                folder.resolve("models").toString(),
                "--port",
                Integer.toString(PORT),
                "--grpc-port",
                "0",
                "--strict-readiness",
                "false")) {
            serving.await(
                    "ready",
                    () -> reason("torch").startsWith("READY")
                            && reason("onnx").startsWith("READY")
                            && reason("words").startsWith("READY")
                            && reason("wrong").startsWith("READY"));

            scoresAreThoseOfTheTwin();
            metadataAndConfigurationSayWhatItIs();
            whatCannotBeServedSaysWhy();
            aTranslatorReadsTexts();
            aProcessThatIsKilledIsStartedAgain(serving);

            List<ProcessHandle> last = children(serving);
            serving.kill();
            for (ProcessHandle process : last) {
                process.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private void scoresAreThoseOfTheTwin() throws Exception {
        var random = new Random(1);
        for (int rows : new int[] {1, 2, 7, 64}) {
            String body = rows(rows, random);
            assertAlike(infer("onnx", body), infer("torch", body));
        }
        String body = rows(1, random);
        JsonNode expected = infer("onnx", body);
        var answers = Stream.generate(
                        () -> http.sendAsync(request("POST", "/v2/models/torch/infer", body), BodyHandlers.ofString()))
                .limit(25L * AT_ONCE)
                .toList();
        for (var answer : answers) {
            assertAlike(expected, Json.read(answer.get().body(), JsonNode.class).path("outputs"));
        }
        var one = ask(
                "POST", "/v2/models/torch/infer", body.replace("]}\n", "], \"outputs\": [{\"name\": \"hidden\"}]}"));
        assertEquals(1, Json.read(one.body(), JsonNode.class).path("outputs").size(), one.body());
        var wrong = ask("POST", "/v2/models/torch/infer", body.replace("[1, 8]", "[2, 4]"));
        assertEquals(400, wrong.statusCode(), wrong.body());
    }

    private void metadataAndConfigurationSayWhatItIs() throws Exception {
        JsonNode metadata = Json.read(ask("GET", "/v2/models/torch", "").body(), JsonNode.class);
        assertEquals("pytorch_libtorch", metadata.path("platform").asText());
        assertEquals("[-1,8]", metadata.path("inputs").get(0).path("shape").toString());
        JsonNode configuration =
                Json.read(ask("GET", "/v2/models/torch/config", "").body(), JsonNode.class);
        assertEquals("pytorch", configuration.path("backend").asText());
        assertEquals("model.pt", configuration.path("default_model_filename").asText());
        System.out.println("torchscript: config " + configuration);
    }

    private void whatCannotBeServedSaysWhy() throws Exception {
        assertTrue(reason("bare").contains("expected signature.json within it"), reason("bare"));
        assertTrue(reason("bare").contains("_extra_files={"), reason("bare"));
        assertTrue(reason("cut").contains("the file is no TorchScript, or damaged"), reason("cut"));
        var wrong = ask("POST", "/v2/models/wrong/infer", """
                {"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP32", "data": [2]}]}
                """);
        assertEquals(500, wrong.statusCode(), wrong.body());
        assertTrue(wrong.body().contains("convert it within forward"), wrong.body());
    }

    private void aTranslatorReadsTexts() throws Exception {
        assertEquals(
                "[\"{\\\"twice\\\":8,\\\"unit\\\":\\\"characters\\\"}\"]",
                infer("words", """
                        {"inputs": [{"name": "text", "shape": [1, 1], "datatype": "BYTES", "data": ["four"]}]}
                        """).get(0).path("data").toString());
    }

    private void aProcessThatIsKilledIsStartedAgain(Application serving) throws Exception {
        List<ProcessHandle> before = children(serving);
        assertEquals(1, before.size(), "one process for all models");
        String body = rows(1, new Random(2));
        JsonNode expected = infer("onnx", body);

        assertTrue(before.getFirst().destroyForcibly());
        before.getFirst().onExit().get();
        long began = System.nanoTime();
        HttpResponse<String> first = ask("POST", "/v2/models/torch/infer", body);
        System.out.println("torchscript: after kill -9 answered " + first.statusCode() + " in "
                + (System.nanoTime() - began) / 1_000_000 + " ms");
        serving.await(
                "answered again",
                () -> ask("POST", "/v2/models/torch/infer", body).statusCode() == 200);
        assertAlike(expected, infer("torch", body));
        assertAlike(expected, infer("onnx", body));
        aTranslatorReadsTexts();

        List<ProcessHandle> after = children(serving);
        assertEquals(1, after.size());
        assertNotEquals(before.getFirst().pid(), after.getFirst().pid());
    }

    /** A folder with a jar, as users have them. */
    private Path translators() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("translators"));
        try (var jar = new JarOutputStream(Files.newOutputStream(jars.resolve("text-length.jar")))) {
            jar.putNextEntry(new ZipEntry(TRANSLATOR));
            jar.write(Files.readAllBytes(MODULE.resolve("target/test-classes").resolve(TRANSLATOR)));
            jar.closeEntry();
        }
        return jars;
    }
}
