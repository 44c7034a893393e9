package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as they start: what they refuse, and one process for each role. */
class StartIT {
    private static final Duration ONE_COMMAND = Duration.ofMinutes(1);
    private static final int PORT = 25270;
    private static final int PORT_OF_EXPERIMENTS = PORT + 8;
    private static final int PORT_OF_ROUTER = PORT + 4;

    @TempDir
    Path folder;

    private Application command(List<String> properties, String... arguments) throws IOException, InterruptedException {
        Application command =
                Application.start(Files.createTempFile(folder, "command-", ".out"), properties, arguments);
        command.awaitExit(ONE_COMMAND);
        return command;
    }

    @Test
    void eachCommandHasHelp() throws IOException, InterruptedException {
        var commands = new HashMap<String, Application>();
        for (String command : List.of(
                "demo",
                "up",
                "serving",
                "train",
                "replay",
                "models",
                "experiments",
                "slots",
                "fleet",
                "audit",
                "models promote")) {
            String[] arguments = (command + " --help").split(" ", -1);
            commands.put(
                    command, Application.start(Files.createTempFile(folder, "help-", ".out"), List.of(), arguments));
        }
        for (var command : commands.entrySet()) {
            Application help = command.getValue();
            assertEquals(0, help.awaitExit(ONE_COMMAND), () -> command.getKey());
            assertTrue(help.output().contains("Usage: "), help.output());
            assertTrue(help.output().contains("--help"), help.output());
        }
    }

    @Test
    void everyProblemOfTheConfigurationIsListedBeforeAnythingStarts() throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("ringside.properties"),
                "ringside.router.spol-bytes=3\nringside.experiments.barrier-timeout=soon\n");
        Path data = folder.resolve("data");
        Application refused = command(
                List.of("-Dringside.metrics.threads=many"),
                "up",
                "--config",
                file.toString(),
                "--data-dir",
                data.toString());
        assertEquals(2, refused.status(), refused.output());
        assertEquals("""
                the configuration has 3 problem(s):
                  - 'ringside.experiments.barrier-timeout' is "soon": expected a duration such as 250ms, 10s, 15m, 36h or 42d, found "soon"
                  - 'ringside.metrics.threads' is "many": Expected an integer value, got "many"
                  - unknown key 'ringside.router.spol-bytes'; did you mean 'ringside.router.spool-bytes'?
                """, refused.output());
        assertTrue(Files.notExists(data), "something was started");
    }

    @Test
    void aRoleAloneSaysWhatItNeeds() throws IOException, InterruptedException {
        Application refused = command(
                List.of(),
                "up",
                "--role",
                "router",
                "--data-dir",
                folder.resolve("data").toString());
        assertEquals(2, refused.status(), refused.output());
        assertTrue(refused.output().contains("role router needs kafka.bootstrap.servers"), refused.output());
        assertTrue(refused.output().contains("ringside up --role none"), refused.output());
    }

    @Test
    void aRoleFindsTheEmbeddedPartsOfItsFolderAndIsFoundThere() throws Exception {
        Path data = folder.resolve("data");
        Path ports = data.resolve("ports.json");
        try (RunningPlatform parts = RunningPlatform.starting(data, PORT, PORT, "--role", "none")) {
            parts.await("started", () -> Files.exists(ports));
            try (RunningPlatform experiments =
                    RunningPlatform.starting(data, PORT, PORT_OF_EXPERIMENTS, "--role", "experiments")) {
                experiments.await(
                        "ready", () -> experiments.get("/q/health/ready").status() == 200);
                JsonNode addresses = new ObjectMapper().readTree(ports.toFile());
                assertEquals(experiments.base(), addresses.get("url").asText());
                assertEquals(
                        experiments.base(), addresses.at("/roles/experiments").asText());
                assertEquals("127.0.0.1:25271", addresses.get("kafka").asText());

                assertEquals(
                        200,
                        experiments
                                .put("/api/slots/echo", EchoModel.slot("echo"))
                                .status());
                var predictions = experiments.post("/v2/models/echo/infer", "{}");
                assertTrue(predictions.status() == 404 && predictions.isError(), predictions::toString);
                var outcomes = experiments.post("/api/outcomes", "{}");
                assertTrue(outcomes.status() == 404 && outcomes.isError(), outcomes::toString);

                assertSaysWhenToTryAgain(data);

                Application slots = command(List.of(), "slots", "list", "--data-dir", data.toString());
                assertTrue(slots.status() == 0 && slots.output().contains("echo"), slots.output());
                experiments.application().terminate();
                assertEquals(143, experiments.application().awaitExit(ONE_COMMAND), experiments.printed());
            }
            parts.application().terminate();
            assertEquals(143, parts.application().awaitExit(ONE_COMMAND), parts.printed());
            assertEquals(List.of(), parts.processes(""), "left running");
        }
    }

    /** A router that nobody serves models to, told to answer as a proxy in front of it wants. */
    private void assertSaysWhenToTryAgain(Path data) throws Exception {
        Path file = Files.writeString(
                folder.resolve("router.properties"),
                "ringside.platform.overload=too-many-requests\nringside.platform.serving-url=http://127.0.0.1:1\n");
        try (RunningPlatform router =
                RunningPlatform.starting(data, PORT, PORT_OF_ROUTER, "--role", "router", "--config", file.toString())) {
            router.await("started", () -> router.get("/q/health/live").status() == 200);
            router.await("told of the slot", () -> router.get("/v2/models/echo").status() == 200);
            var refused = router.post("/v2/models/echo/infer", EchoModel.request("1", "ride-1", "north"));
            assertEquals(429, refused.status(), refused::toString);
            assertTrue(refused.isError(), refused::toString);
            assertEquals(
                    "1", refused.response().headers().firstValue("Retry-After").orElse(null));
        }
    }
}
