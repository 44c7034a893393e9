package dev.ringside.app.program;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs of the trainer, each a process of its own, as native training code must not share one with the server. */
public final class TrainerProgram {
    private TrainerProgram() {}

    /** Training, not yet started, with as much memory as the machine and the document allow. */
    public static ProcessBuilder train(List<String> arguments) {
        return train(TrainingHeap.of(arguments, machineMegabytes()), arguments);
    }

    /** Training, not yet started. */
    public static ProcessBuilder train(TrainingHeap heap, List<String> arguments) {
        return of("Train", heap, arguments);
    }

    /** Any of them, not yet started. */
    public static ProcessBuilder of(String program, TrainingHeap heap, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap.megabytes() + "m",
                "-XX:+UseSerialGC",
                // The heap follows what is needed, not what could be had: libraries have the rows once more.
                "-XX:MaxNewSize=128m",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-ShrinkHeapInSteps",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + NativeLibraries.ONNX_RUNTIME + "=" + ApplicationFiles.nativeLibraries(),
                "-cp",
                ApplicationFiles.training().resolve("*").toString(),
                "dev.ringside.training." + program));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        // Two OpenMP threads on shared cores spin against each other: 150 s an epoch instead of 2.
        builder.environment()
                .putAll(Map.of("OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1"));
        return builder;
    }

    /** Memory of the machine, or of the container. */
    public static long machineMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20
                : 0;
    }
}
