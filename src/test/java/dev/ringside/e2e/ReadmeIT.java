package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk-through, run as it is written, in the order of the page. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final int PORT = 29070;
    private static final String BASE = "http://127.0.0.1:" + PORT;

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheReadmeWorksAsWritten() throws Exception {
        List<String> blocks = BLOCK.matcher(Files.readString(Application.HOME.resolve("README.md")))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
        assertTrue(blocks.stream().anyMatch(b -> b.contains("/infer")), "the README shows no prediction");
        try (RunningPlatform platform = RunningPlatform.start(folder.resolve("data"), PORT)) {
            for (String block : blocks) {
                run(block);
            }
            String experiment = platform.get("/api/experiments/better").body();
            // Promoted by hand, and its champion rolled back since.
            assertTrue(experiment.contains("\"superseded\""), experiment);
            platform.application().terminate();
            assertEquals(143, platform.application().awaitExit(Duration.ofMinutes(1)), platform.printed());
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
        builder.environment().putAll(Application.BRIEF);
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
        // As the server writes it; the contract, which a block prints, speaks of it with a space.
        assertFalse(printed.contains("{\"error\":\""), () -> block + "\nanswered:\n" + printed);
    }
}
