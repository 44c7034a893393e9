package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An experiment in front of a model server that is none of the platform's, asked over REST and over gRPC: its answers are
 * those of the same file served here, and when it is killed no prediction fails.
 */
class ForeignServerIT {
    private static final int PORT = 26370;
    private static final int FOREIGN = 26390;
    private static final int RIDERS = 150;
    private static final String METADATA = "{\"name\": \"silent\", \"versions\": [], \"platform\": \"\","
            + " \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-1, 1]}],"
            + " \"outputs\": [{\"name\": \"y\", \"datatype\": \"FP32\", \"shape\": [-1, 1]}]}";
    private static final String TWO_ROWS = "{\"model_name\": \"silent\", \"outputs\": ["
            + "{\"name\": \"y\", \"datatype\": \"FP32\", \"shape\": [2, 1], \"data\": [0, 0]}]}";

    @TempDir
    Path folder;

    private RunningPlatform platform;

    @Test
    void anExperimentRunsInFrontOfAServerThatIsThereAlready() throws Exception {
        put("fare/1/model.onnx", "fare-1.onnx");
        put("fare/2/model.onnx", "fare-2.onnx");
        Files.writeString(folder.resolve("models/fare/config.yaml"), "version_policy: all\n");
        try (RunningPlatform started = RunningPlatform.start(folder.resolve("data"), PORT)) {
            platform = started;
            try (Application foreign = serve()) {
                register();
                scoresAreThose("here", "v2");
                scoresAreThose("v1", "rest-1");
                scoresAreThose("here", "grpc-2");
                begin();
                Map<String, Integer> answers = predict();
                assertEquals(RIDERS, answers.getOrDefault("v1", 0) + answers.getOrDefault("v2", 0), answers::toString);
                assertTrue(answers.getOrDefault("v2", 0) > 0, answers::toString);

                foreign.kill();
                assertEquals(Map.of("v1", RIDERS), predict(), "each is answered by the champion");
                var refused = ask("v2");
                assertEquals(503, refused.status(), refused::toString);
                assertTrue(refused.body().contains("http://127.0.0.1:" + FOREIGN), refused::toString);
            }
            assertEquals(200, platform.get("/q/health/ready").status());
            aClientThatHangsUpIsNoticed();
            try (Application _ = serve()) {
                platform.await("asked again", () -> ask("v2").status() == 200);
                // Its first answer over gRPC may take a busy machine longer than the slot's deadline.
                platform.await("asked again over gRPC", () -> ask("grpc-2").status() == 200);
                scoresAreThose("here", "grpc-2");
                assertTrue(predict().getOrDefault("v2", 0) > 0);
            }
        }
    }

    /** Its request is over at once, where it would wait for a minute for a server that does not answer. */
    private void aClientThatHangsUpIsNoticed() throws Exception {
        var asked = new CountDownLatch(1);
        var silent = new CountDownLatch(1);
        var isSilent = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                boolean isQuestion = exchange.getRequestMethod().equals("POST");
                if (isQuestion && isSilent.get()) {
                    asked.countDown();
                    try {
                        silent.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                byte[] answer = (isQuestion ? TWO_ROWS : METADATA).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            command(
                    0,
                    "models",
                    "register",
                    "silent",
                    "v1",
                    "--create-slot",
                    "--deadline",
                    "60s",
                    "--remote",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "--remote-version",
                    "none",
                    "--remote-timeout",
                    "60s");
            isSilent.set(true);
            String body = "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 1], \"datatype\": \"FP32\", \"data\": [1]}]}";
            long before = System.nanoTime();
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
                socket.getOutputStream()
                        .write(("POST /v2/models/silent/versions/v1/infer HTTP/1.1\r\nHost: 127.0.0.1:" + PORT
                                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                assertTrue(asked.await(30, TimeUnit.SECONDS), "the server was not asked");
            }
            platform.await("given up", this::hasGivenUp);
            assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(40), "it waited for its deadline");
        } finally {
            silent.countDown();
            server.stop(0);
        }
    }

    private boolean hasGivenUp() throws IOException, InterruptedException {
        return platform.get("/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.startsWith("nv_inference_request_failure")
                        && line.contains("model=\"silent\"")
                        && line.contains("CANCELED")
                        && !line.endsWith(" 0.0"));
    }

    private void put(String path, String model) throws IOException {
        Path file = folder.resolve("models").resolve(path);
        Files.createDirectories(file.getParent());
        Files.copy(Application.HOME.resolve("demo/own-model").resolve(model), file);
    }

    private Application serve() throws Exception {
        Application foreign = Application.start(
                folder.resolve("foreign.out"),
                List.of(),
                "serving",
                "--models",
                folder.resolve("models").toString(),
                "--port",
                Integer.toString(FOREIGN),
                "--grpc-port",
                Integer.toString(FOREIGN + 1));
        foreign.await("ready", () -> foreign.output().contains("ready"));
        return foreign;
    }

    private void register() throws Exception {
        Path models = Application.HOME.resolve("demo/own-model");
        register(
                "v1",
                models.resolve("fare-1.onnx").toString(),
                "--create-slot",
                "--segments",
                "LIS,OPO",
                "--segment-attribute",
                "region");
        register("here", models.resolve("fare-2.onnx").toString());
        register("v2", "--remote", "http://127.0.0.1:" + FOREIGN, "--remote-version", "2");
        register("rest-1", "--remote", "http://127.0.0.1:" + FOREIGN, "--remote-version", "1");
        register(
                "grpc-2",
                "--remote",
                "grpc://127.0.0.1:" + (FOREIGN + 1),
                "--remote-version",
                "2",
                "--remote-timeout",
                "5s");
        String missing = refusal(2, "v3");
        assertTrue(missing.contains("'--remote-version': missing"), missing);
        String absent = refusal(1, "v3", "--remote-version", "3");
        assertTrue(absent.contains("version '3'"), absent);
        command(0, "models", "promote", "fare", "v1", "--why", "the model that we have");
    }

    private String refusal(int status, String version, String... more) throws Exception {
        var arguments = new ArrayList<>(
                List.of("models", "register", "fare", version, "--remote", "http://127.0.0.1:" + FOREIGN));
        arguments.addAll(List.of(more));
        return command(status, arguments.toArray(String[]::new));
    }

    private void register(String version, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("models", "register", "fare", version));
        arguments.addAll(List.of(more));
        command(0, arguments.toArray(String[]::new));
    }

    private String command(int status, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", platform.base()));
        var application =
                Application.run(folder.resolve("command.out"), Duration.ofMinutes(1), all.toArray(String[]::new));
        assertEquals(status, application.status(), application.output());
        return application.output();
    }

    private void begin() throws Exception {
        command(
                0,
                "experiments",
                "apply",
                "-f",
                Application.HOME.resolve("demo/own-model/experiment.yaml").toString(),
                "--why",
                "v2 is better offline");
        command(0, "experiments", "start", "fare-v2", "--why", "try it on real riders");
    }

    private static String inputs(double distance) {
        return "\"inputs\": [{\"name\": \"hour\", \"shape\": [1, 1], \"datatype\": \"INT64\", \"data\": [17]},"
                + " {\"name\": \"distance_km\", \"shape\": [1, 1], \"datatype\": \"FP64\", \"data\": [" + distance
                + "]}]";
    }

    private RunningPlatform.Answer ask(String version) throws IOException, InterruptedException {
        return platform.post("/v2/models/fare/versions/" + version + "/infer", "{" + inputs(7.25) + "}");
    }

    private void scoresAreThose(String here, String there) throws Exception {
        for (double distance = 0.1; distance < 30; distance += 1.7) {
            String body = "{" + inputs(distance) + "}";
            JsonNode expected = platform.post("/v2/models/fare/versions/" + here + "/infer", body)
                    .json();
            var found = platform.post("/v2/models/fare/versions/" + there + "/infer", body);
            assertEquals(200, found.status(), found::toString);
            assertEquals(expected.path("outputs"), found.json().path("outputs"), found::toString);
        }
    }

    /** How many predictions for riders each version answered; one that is not answered fails. */
    private Map<String, Integer> predict() throws Exception {
        var answers = new HashMap<String, Integer>();
        for (int rider = 0; rider < RIDERS; rider++) {
            var answer = platform.post(
                    "/v2/models/fare/infer",
                    "{\"parameters\": {\"unit\": \"rider-" + rider + "\", \"region\": \"LIS\"}, " + inputs(7.25) + "}");
            assertEquals(200, answer.status(), answer::toString);
            answers.merge(answer.json().path("model_version").asText(), 1, Integer::sum);
        }
        return answers;
    }
}
