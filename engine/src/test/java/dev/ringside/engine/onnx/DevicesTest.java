package dev.ringside.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelInstance;
import dev.ringside.engine.OnnxFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    private static final Device FIRST = new Device(Device.Provider.CUDA, 0);
    private static final Device SECOND = new Device(Device.Provider.CUDA, 1);

    @Test
    void devicesAreReadAsTheyAreWritten() {
        assertEquals(Device.CPU, Device.parse("cpu"));
        assertEquals(FIRST, Device.parse("cuda"));
        assertEquals(SECOND, Device.parse(" CUDA:1 "));
        assertEquals(new Device(Device.Provider.TENSORRT, 2), Device.parse("tensorrt:2"));
        assertEquals("tensorrt:2", new Device(Device.Provider.TENSORRT, 2).toString());
        assertEquals("cpu", Device.CPU.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:0:1", "cpu:0", "rocm:0"})
    void whatIsNoDeviceIsRefused(String text) {
        assertEquals(
                "'ringside.serving.devices': expected auto, cpu, or such as cuda:0, tensorrt:0, found '" + text + "'",
                assertThrows(InvalidInput.class, () -> Device.parse(text)).getMessage());
    }

    @Test
    void thoseThatAreThereAreUsedAndTheOthersSayWhyNot() {
        Devices found = Devices.of(
                List.of(FIRST, SECOND),
                device -> device.equals(FIRST) ? Optional.of("no such device") : Optional.empty());
        assertEquals(new Devices(List.of(SECOND), Map.of(FIRST, "no such device")), found);
        assertEquals("cuda:1 (cuda:0: no such device)", found.toString());
    }

    @Test
    void whereNoneIsThereModelsRunOnTheCpu() {
        Devices found = Devices.of(List.of(FIRST), _ -> Optional.of("no driver"));
        assertEquals(List.of(Device.CPU), found.used());
        assertEquals("cpu (cuda:0: no driver)", found.toString());
    }

    @Test
    void theRuntimeOfThisBuildIsAskedItself() {
        Assumptions.assumeFalse(
                OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "built with the profile gpu");
        Devices found = Devices.of(List.of("cuda:0", "cpu", "cpu"));
        assertEquals(List.of(Device.CPU), found.used());
        assertNotNull(found.missing().get(FIRST));
        assertEquals(Devices.CPU, Devices.of(List.of(Devices.AUTO)));
    }

    /** Two devices that are both the CPU: an instance of each, with the same answers, and nothing left when all is closed. */
    @Test
    void instancesTakeTheDevicesByTurns(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), OnnxFiles.linear(2));
        var both = new OnnxEngine(1, new Devices(List.of(Device.CPU, Device.CPU), Map.of()));
        try (LoadedModel model = both.open(file)) {
            List<Tensor> rows =
                    List.of(new Tensor("distance", List.of(2L, 1L), new TensorData.Fp32(new float[] {1.5f, -2f})));
            String output = "probability";
            List<Tensor> expected = model.run(rows, List.of(output));
            for (int i = 0; i < 3; i++) {
                try (ModelInstance instance = model.instance(true)) {
                    instance.feed(List.of(rows));
                    instance.run(List.of(output), Deadline.in(Duration.ofMinutes(1), System::nanoTime));
                    assertEquals(List.of(expected), instance.take());
                }
            }
        }
    }
}
