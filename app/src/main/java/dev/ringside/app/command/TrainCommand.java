package dev.ringside.app.command;

import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Trains a model in a process of its own, as native training code must not share one with the server; everything behind
 * {@code train} is that process's, its {@code --help} too.
 */
@Command(
        name = "train",
        description = "Trains a model from a configuration, checks it, exports it to ONNX and registers it."
                + " See: ringside train --help")
public final class TrainCommand implements Callable<Integer> {
    @Unmatched
    List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        boolean says = all.stream().anyMatch(a -> a.startsWith("--url") || a.equals("--help") || a.equals("-h"));
        String url = says ? null : running();
        if (url != null) {
            all.addAll(List.of("--url", url));
        }
        return process(all).inheritIO().start().waitFor();
    }

    /** The training process, not yet started. */
    public static ProcessBuilder process(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                ApplicationFiles.training().resolve("*").toString(),
                "dev.ringside.training.Train"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        // Two OpenMP threads on shared cores spin against each other: 150 s an epoch instead of 2.
        builder.environment()
                .putAll(Map.of("OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1"));
        return builder;
    }

    private static @Nullable String running() throws IOException {
        String given = System.getenv("RINGSIDE_URL");
        return given != null
                ? given
                : Addresses.read(new DataFolder(DataFolder.standard())).url();
    }
}
