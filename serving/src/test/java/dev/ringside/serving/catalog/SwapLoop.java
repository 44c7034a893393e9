package dev.ringside.serving.catalog;

import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Swaps two model files under one name so many times, with a failed load between, and prints the process's resident
 * memory in kilobytes after each fifth. A program of its own, so that its memory is its own.
 */
final class SwapLoop {
    private SwapLoop() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int swaps = Integer.parseInt(arguments[1]);
        byte[][] files = {OnnxFiles.large(2, 1), OnnxFiles.large(3, 1)};
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            for (int i = 1; i <= swaps; i++) {
                byte[] file = files[i % 2];
                fixture.registry.register("1", file, Registry.signature("distance"), Registry.golden(9));
                fixture.publish();
                fixture.recorder.await("1 Failed", i);
                fixture.registry.register("1", file, Registry.signature("distance"));
                fixture.publish();
                fixture.recorder.await("1 Serving", i);
                for (int request = 0; request < 5; request++) {
                    fixture.infer("1", request);
                }
                if (i % (swaps / 5) == 0) {
                    fixture.recorder.await("1 Closed", 2L * i - 1);
                    System.out.println(residentKilobytes());
                }
            }
        }
    }

    private static long residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
