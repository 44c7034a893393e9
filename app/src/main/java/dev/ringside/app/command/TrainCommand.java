package dev.ringside.app.command;

import com.sun.management.OperatingSystemMXBean;
import dev.ringside.app.command.remote.ServerOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapOption.class,
            description =
                    "What the training's Java part may take, such as 4GB. Default: half of what DuckDB's limit and a"
                            + " fifth for others leave of the machine, shared by the trials that a search runs at once.")
    private @Nullable TrainingHeap heap;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ProcessBuilder training = process(heap(), processArguments());
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

    /** What was said, or else what the machine and the document allow. */
    TrainingHeap heap() {
        return heap == null ? TrainingHeap.of(arguments, machine()) : heap;
    }

    /** Memory of the machine, or of the container, in megabytes. */
    private static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20
                : 0;
    }

    /** Reads the option. */
    static final class HeapOption implements CommandLine.ITypeConverter<TrainingHeap> {
        @Override
        public TrainingHeap convert(String size) {
            try {
                return new TrainingHeap(TrainingHeap.parse(size));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The training process, not yet started, with as much memory as the machine and the document allow. */
    public static ProcessBuilder process(List<String> arguments) {
        return process(TrainingHeap.of(arguments, machine()), arguments);
    }

    /** The training process, not yet started. */
    static ProcessBuilder process(TrainingHeap heap, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap.megabytes() + "m",
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
