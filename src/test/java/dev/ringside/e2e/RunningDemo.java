package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A demo that has made its report, and whose platform is still up. */
final class RunningDemo implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(12);

    private final Application application;
    private final Path data;
    private final String base;
    private final JsonNode report;

    private RunningDemo(Application application, Path data, String base, JsonNode report) {
        this.application = application;
        this.data = data;
        this.base = base;
        this.report = report;
    }

    /**
     * Starts a demo and returns when it has made its report.
     *
     * @param folder a folder of its own
     * @param port the base port
     * @param role who answers for the control plane
     * @param environment of its processes, such as {@link Application#BRIEF}
     * @param more further options
     */
    static RunningDemo start(Path folder, int port, Role role, Map<String, String> environment, String... more)
            throws IOException, InterruptedException {
        Path json = folder.resolve("out.json");
        Path data = folder.resolve("data");
        var arguments = new ArrayList<>(List.of(
                "demo",
                "--keep",
                "--json",
                json.toString(),
                "--data-dir",
                data.toString(),
                "--port",
                Integer.toString(port)));
        arguments.addAll(List.of(more));
        Application application =
                Application.start(environment, folder.resolve("demo.out"), arguments.toArray(String[]::new));
        Instant giveUp = Instant.now().plus(LIMIT);
        while (!Files.exists(json)) {
            if (!application.isAlive() || Instant.now().isAfter(giveUp)) {
                application.close();
                throw new AssertionError("no result:\n" + application.output());
            }
            Thread.sleep(500);
        }
        return new RunningDemo(
                application,
                data,
                "http://127.0.0.1:" + new Ports(port).http(role),
                new ObjectMapper().readTree(json.toFile()));
    }

    /** What it has written as JSON. */
    JsonNode report() {
        return report;
    }

    /** What it has printed. */
    String printed() {
        try {
            return application.output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The control plane's address. */
    String base() {
        return base;
    }

    /** Asks the control plane, which must answer. */
    JsonNode get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return new ObjectMapper().readTree(answer.body());
        }
    }

    /** The looks that the regions' pages list, by id; a wave's stands on the page of each of its regions. */
    Map<String, JsonNode> looks() throws IOException, InterruptedException {
        var regions = new ArrayList<JsonNode>();
        report.get("regions").forEach(regions::add);
        report.path("retrained").path("regions").forEach(regions::add);
        var looks = new HashMap<String, JsonNode>();
        for (JsonNode region : regions) {
            get("/api/experiments/" + region.get("experiment").asText() + "/regions/"
                            + region.get("region").asText() + "/looks")
                    .forEach(look -> looks.put(look.get("id").asText(), look));
        }
        return looks;
    }

    /** The data folder that it keeps. */
    Path kept() throws IOException {
        try (Stream<Path> children = Files.list(data)) {
            return children.filter(p -> Files.exists(p.resolve("archive")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Ends it as Ctrl-C does; it must end well. */
    void end(Duration limit) throws IOException, InterruptedException {
        application.terminate();
        assertEquals(0, application.awaitExit(limit), this::printed);
        assertTrue(!application.isAlive());
    }

    @Override
    public void close() {
        application.close();
    }
}
