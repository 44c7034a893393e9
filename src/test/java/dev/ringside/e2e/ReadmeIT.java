package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk-through, run as it is written, in the order of the page. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final String BASE = "http://127.0.0.1:29070";

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheReadmeWorksAsWritten() throws IOException, InterruptedException {
        List<String> blocks = BLOCK.matcher(Files.readString(Application.HOME.resolve("README.md")))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
        assertTrue(blocks.stream().anyMatch(b -> b.contains("/infer")), "the README shows no prediction");
        try (Application platform = Application.start(
                folder.resolve("up.out"),
                List.of(),
                "up",
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                "29070")) {
            awaitReady(platform);
            for (String block : blocks) {
                run(block);
            }
            String experiment = get("/api/experiments/better");
            assertTrue(experiment.contains("\"promoted\""), experiment);
            platform.terminate();
            assertEquals(143, platform.awaitExit(Duration.ofMinutes(1)), platform.output());
        }
    }

    /** The page's own lines: only the address, the launcher and a strict curl are put in. */
    private void run(String block) throws IOException, InterruptedException {
        String script = "set -eu\n"
                + block.replace("http://127.0.0.1:7070", BASE)
                        .replaceAll("(?m)^curl -s ", "curl -sS --fail-with-body ")
                        .replaceAll("(?m)^\\./ringside ", "ringside ");
        Path output = folder.resolve("block.out");
        var builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ringside() { \"$JAVA\" -Xmx256m --enable-native-access=ALL-UNNAMED"
                                + " -Dringside.platform.home=\"$HOME_OF_RINGSIDE\" -jar \"$JAR\" \"$@\"; }\n" + script)
                .directory(Application.HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("RINGSIDE_URL", BASE);
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("HOME_OF_RINGSIDE", Application.HOME.toString());
        builder.environment()
                .put(
                        "JAR",
                        Application.HOME
                                .resolve("app/target/quarkus-app/quarkus-run.jar")
                                .toString());
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        String printed = Files.readString(output);
        assertTrue(ended, () -> block + "\nis still running:\n" + printed);
        assertEquals(0, process.exitValue(), () -> block + "\nfailed:\n" + printed);
        assertFalse(printed.contains("\"error\""), () -> block + "\nanswered:\n" + printed);
    }

    private static void awaitReady(Application platform) throws IOException, InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(120);
        while (true) {
            assertTrue(platform.isAlive() && Instant.now().isBefore(giveUp), platform.output());
            try {
                if (status("/q/health/ready") == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(300);
        }
    }

    private static int status(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(BASE + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(BASE + path)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
