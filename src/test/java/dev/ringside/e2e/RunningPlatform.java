package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What {@code up} has started on a data folder and a base port of its own, and how to ask it. */
final class RunningPlatform implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Application application;
    private final Path data;
    private final int port;

    /** An answer over HTTP. */
    record Answer(int status, String body, HttpResponse<byte[]> response) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        /** Whether it has the one form of an error: exactly one key, with words behind it. */
        boolean isError() {
            try {
                JsonNode json = json();
                return status >= 400
                        && json.isObject()
                        && json.size() == 1
                        && !json.path("error").asText().isBlank();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return status + " " + (body.length() > 300 ? body.substring(0, 300) + "…" : body);
        }
    }

    private RunningPlatform(Application application, Path data, int port) {
        this.application = application;
        this.data = data;
        this.port = port;
    }

    /** Starts all roles, and waits until they can do their work. */
    static RunningPlatform start(Path data, int port) throws Exception {
        RunningPlatform platform = starting(data, port, port);
        platform.await("ready", () -> platform.get("/q/health/ready").status() == 200);
        return platform;
    }

    /**
     * Starts what the arguments say.
     *
     * @param base the base port
     * @param port the port that is asked
     */
    static RunningPlatform starting(Path data, int base, int port, String... more) throws IOException {
        return starting(data, base, port, List.of(), more);
    }

    /** @param properties of the process, {@code -Dkey=value} */
    static RunningPlatform starting(Path data, int base, int port, List<String> properties, String... more)
            throws IOException {
        var arguments = new ArrayList<>(List.of("up", "--data-dir", data.toString(), "--port", Integer.toString(base)));
        arguments.addAll(List.of(more));
        Path output = Files.createTempFile(Files.createDirectories(data.resolveSibling("output")), "up-", ".out");
        return new RunningPlatform(Application.start(output, properties, arguments.toArray(String[]::new)), data, port);
    }

    Application application() {
        return application;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** To the inference protocol without a Content-Type, as Triton's clients do; elsewhere with what must be. */
    Answer send(String method, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        if (path.startsWith("/api/")) {
            request.header("Content-Type", type(path));
        }
        return send(request.build());
    }

    private static String type(String path) {
        return path.equals("/api/artefacts") || path.equals("/api/models/inspect")
                ? "application/octet-stream"
                : "application/json";
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path)).timeout(ONE_ANSWER);
    }

    /** Waits for something that comes by itself; an address that does not answer yet is waited for too. */
    void await(String what, Callable<Boolean> condition) throws Exception {
        long giveUp = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            assertTrue(
                    application.isAlive() && System.nanoTime() < giveUp,
                    () -> "not " + what + " within " + START + ":\n" + printed());
            Thread.sleep(100);
        }
    }

    /** What it has printed. */
    String printed() {
        try {
            return application.output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The ids of all processes whose command names the data folder and the word: {@code BrokerMain}, {@code postgres}. */
    List<Long> processes(String word) throws IOException {
        var found = new ArrayList<Long>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                    if (command.contains(data.toString()) && command.contains(word)) {
                        found.add(Long.parseLong(process.getFileName().toString()));
                    }
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        http.close();
        application.close();
    }
}
