package dev.ringside.app.command;

import dev.ringside.app.command.remote.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * Trains a model in a process of its own, as native training code must not share one with the server. Everything behind
 * {@code train} is that process's, its {@code --help} too, but for where the control plane is.
 */
@Command(
        name = "train",
        description = "Trains a model from a configuration, checks it, exports it to ONNX and registers it."
                + " See: ringside train --help")
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProcessBuilder training = process(processArguments());
        if (server.apiKey() != null) {
            training.environment().put("RINGSIDE_API_KEY", server.apiKey());
        }
        return training.inheritIO().start().waitFor();
    }

    /** What the training process is told: all that was said, and where to register the version. */
    List<String> processArguments() throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--url", server.address().toString()));
        if (!server.isSaid()) {
            all.add("--if-reachable");
        }
        return all;
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
}
