package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final byte[] LINEAR = OnnxFiles.linear(2);

    @TempDir
    Path folder;

    @Test
    void aManifestOfAnotherSlotVersionOrFileIsRefused() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            ModelManifest right = manifest(fixture.registry.put(LINEAR), "onnx", Registry.signature("distance"));
            String digest = fixture.registry.put(dev.ringside.contract.json.Json.bytes(right));
            fixture.registry.route("8", right.sha256(), digest);
            fixture.registry.route("7", "0".repeat(64), digest);
            fixture.registry.put(OnnxFiles.linear(3));
            fixture.registry.route("7", fixture.registry.put(OnnxFiles.linear(3)), digest);
            fixture.publish();

            assertEquals(
                    "manifest: 'version': expected \"8\" as the routing table says, found \"7\"", failed(fixture, "8"));
            assertTrue(failed(fixture, "7").startsWith("manifest: 'sha256': expected "), failed(fixture, "7"));
        }
    }

    @Test
    void aManifestThatIsNoneIsRefusedWithTheField() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            String manifest = fixture.registry.put("{\"slot\":\"eta\"}".getBytes(StandardCharsets.UTF_8));
            fixture.registry.route("7", fixture.registry.put(LINEAR), manifest);
            fixture.publish();

            assertEquals("manifest: 'version': missing: expected a name", failed(fixture, "7"));
        }
    }

    @Test
    void aFormatThatNoEngineReadsIsRefused() throws Exception {
        assertEquals(
                "manifest: 'format': expected one of [onnx], found \"pickle\"",
                failure(LINEAR, "pickle", Registry.signature("distance")));
    }

    @Test
    void aVersionThatDoesNotFitTheSlotIsRefused() throws Exception {
        assertEquals(
                "manifest: 'inputs': the version reads 'weather', which the slot does not declare; it has"
                        + " [distance, carrier, position]",
                failure(OnnxFiles.linear("weather", 2), "onnx", Registry.signature("weather")));
    }

    @Test
    void aManifestThatSaysOtherThanTheFileIsRefused() throws Exception {
        assertEquals(
                "manifest: 'inputs': the file reads 'distance', the manifest names [position]",
                failure(LINEAR, "onnx", Registry.signature("position")));
        assertEquals(
                "manifest: 'inputs': the manifest names 'carrier', the file has [distance]",
                failure(LINEAR, "onnx", Registry.signature("distance", "carrier")));
        assertEquals(
                "manifest: 'outputs': the manifest names 'logit', the file has [probability]",
                failure(
                        LINEAR,
                        "onnx",
                        new Signature(
                                Registry.signature("distance").inputs(),
                                List.of(
                                        new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L)),
                                        new TensorSpec("logit", DataType.FP32, List.of(-1L, 1L))))));
        assertEquals(
                "manifest: 'outputs.extra': is INT64 in the manifest, FP32 in the file",
                failure(
                        OnnxFiles.withExtraOutput(),
                        "onnx",
                        new Signature(
                                Registry.signature("distance").inputs(),
                                List.of(
                                        new TensorSpec("extra", DataType.INT64, List.of(-1L, 1L)),
                                        new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))))));
        assertEquals(
                "manifest: 'outputs.extra': has shape [-1, 2] in the manifest, [-1, 1] in the file",
                failure(
                        OnnxFiles.withExtraOutput(),
                        "onnx",
                        new Signature(
                                Registry.signature("distance").inputs(),
                                List.of(
                                        new TensorSpec("extra", DataType.FP32, List.of(-1L, 2L)),
                                        new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))))));
    }

    @Test
    @DisplayName("D14: a file that takes fewer rows than the slot is not ready, and the tensor is named")
    void aFileThatIsNarrowerThanTheSlotIsRefused() throws Exception {
        assertEquals(
                "manifest: 'inputs.distance': is [-1, 1] in the manifest, and the file takes only [1, 1]",
                failure(OnnxFiles.oneRowDeclared(), "onnx", Registry.signature("distance")));
        String inside = failure(OnnxFiles.oneRowInside(), "onnx", Registry.signature("distance"));
        assertTrue(inside.startsWith("it runs on one row and fails on 2: "), inside);
        assertTrue(inside.contains("Reshape"), inside);
    }

    @Test
    void goldenRowsThatAreNotGivenAgainAreNamed() throws Exception {
        Signature distance = Registry.signature("distance");
        assertEquals(
                "golden row 1: output 'probability' value 1: expected 9.0, found 6.0, tolerance 0.5",
                failure(
                        LINEAR,
                        "onnx",
                        distance,
                        Registry.golden(2),
                        new Golden(
                                List.of(Tensor.column("distance", 2f, 3f)),
                                List.of(Tensor.column("probability", 4.4f, 9f)),
                                0.5)));
        assertEquals(
                "golden row 0: output 'probability' expected FP32 [1, 1], found FP32 [2, 1]",
                failure(
                        LINEAR,
                        "onnx",
                        distance,
                        new Golden(
                                List.of(Tensor.column("distance", 2f, 3f)),
                                List.of(Tensor.column("probability", 4f)),
                                0)));
        assertEquals(
                "golden row 0: output 'probability' value 0: expected 1.0, found NaN, tolerance 1.0E9",
                failure(
                        OnnxFiles.logarithm(),
                        "onnx",
                        distance,
                        new Golden(
                                List.of(Tensor.column("distance", -1f)),
                                List.of(Tensor.column("probability", 1f)),
                                1e9)));
        assertEquals(
                "golden row 0: input 'distance' is missing, expected FP32 with shape [-1, 1]",
                failure(LINEAR, "onnx", distance, new Golden(List.of(), List.of(Tensor.column("probability", 1f)), 0)));
        assertEquals(
                "golden row 0: output 'p' is not in the signature",
                failure(
                        LINEAR,
                        "onnx",
                        distance,
                        new Golden(List.of(Tensor.column("distance", 1f)), List.of(Tensor.column("p", 1f)), 0)));
    }

    @Test
    void aGoldenRowMayExpectWhatIsNotANumber() throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register(
                    "1",
                    OnnxFiles.logarithm(),
                    Registry.signature("distance"),
                    new Golden(
                            List.of(Tensor.column("distance", -1f)),
                            List.of(Tensor.column("probability", Float.NaN)),
                            0));

            fixture.publishAndAwait("1");
        }
    }

    private String failure(byte[] file, String format, Signature signature, Golden... golden) throws Exception {
        try (var fixture = new CatalogFixture(folder, new OnnxEngine(1))) {
            fixture.registry.register(manifest(fixture.registry.put(file), format, signature, golden));
            fixture.publish();
            return failed(fixture, "7");
        }
    }

    private static String failed(CatalogFixture fixture, String version) throws InterruptedException {
        fixture.recorder.await(version + " Failed");
        String reason = fixture.catalog.report().stream()
                .filter(loaded -> loaded.version().equals(version))
                .findFirst()
                .orElseThrow()
                .reason();
        assertTrue(reason.startsWith("failed to load: "), reason);
        return reason.substring("failed to load: ".length());
    }

    private static ModelManifest manifest(String sha256, String format, Signature signature, Golden... golden) {
        return new ModelManifest(
                Registry.SLOT, "7", format, sha256, signature, List.of(golden), Map.of(), null, null, null);
    }
}
