package dev.ringside.contract.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelJsonTest {
    private static final Signature SIGNATURE = new Signature(
            List.of(
                    new TensorSpec("distance", DataType.FP32, List.of(-1L, 1L)),
                    new TensorSpec("carrier", DataType.BYTES, List.of(-1L, 1L))),
            List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))));
    private static final ModelManifest MANIFEST = new ModelManifest(
            "eta",
            "3",
            "onnx",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            SIGNATURE,
            List.of(new ModelManifest.Golden(
                    List.of(Tensor.column("distance", 163f, Float.NaN), Tensor.column("carrier", "AS", "")),
                    List.of(Tensor.column("probability", 0.21875f, 0.5f)),
                    1e-5)),
            Map.of("test_log_loss", 0.4375, "test_auc", 0.6875),
            42L,
            new ModelManifest.Lineage(
                    "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                    "model: logistic\n",
                    "eta/2",
                    "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
                    "baa5a0964d3320fbc0c6a922140453c8513ea24ab8fd0577034804a967248096",
                    "ringside 0.1.0",
                    LoggedRowsTest.ROWS.at(Map.of(0, 12L, 1, 13L)),
                    List.of(
                            new ModelManifest.GateResult("parity", true, "the same on 1000 rows"),
                            new ModelManifest.GateResult("latency", true, null))),
            null);

    @Test
    void aManifestIsWrittenAndReadAsItStandsInTheGoldenSample() {
        assertEquals(sample("manifest.json"), Json.pretty(MANIFEST));
        assertEquals(MANIFEST, Json.read(sample("manifest.json"), ModelManifest.class));
        assertEquals(MANIFEST, Json.readDocument(Json.bytes(MANIFEST), ModelManifest.class));
    }

    @Test
    void aManifestKeepsWhatIsSaidOfAModelMadeElsewhere() {
        ModelManifest described = Json.read(sample("manifest-description.json"), ModelManifest.class);
        assertEquals("made with another tool, by hand", described.description());
        assertEquals(sample("manifest-description.json"), Json.pretty(described));
    }

    @Test
    void aManifestSaysHowItsRequestsAreToBeRunTogether() {
        ModelManifest batched = Json.read(sample("manifest-batching.json"), ModelManifest.class);
        assertEquals(new Batching(16, 500, 3, 40, 2), batched.batching());
        assertEquals(sample("manifest-batching.json"), Json.pretty(batched));
        String partly = Json.pretty(batched).replace("\"max_batch_size\" : 16,", "");
        assertEquals(
                new Batching(null, 500, 3, 40, 2),
                Json.read(partly, ModelManifest.class).batching());
    }

    @ParameterizedTest
    @CsvSource({
        "max_batch_size, 16, -1, 0 to 65536",
        "max_queue_delay_microseconds, 500, 10000001, 0 to 10000000",
        "priority_levels, 3, 0, 1 to 1000",
        "max_queue_size, 40, 0, 1 to 1000000",
        "instance_count, 2, 257, 1 to 256",
    })
    void batchingBeyondItsRangesNamesTheFieldAndTheRange(String field, String is, String becomes, String range) {
        String json =
                sample("manifest-batching.json").replace('"' + field + "\" : " + is, '"' + field + "\" : " + becomes);

        InvalidInput invalid = assertThrows(InvalidInput.class, () -> Json.read(json, ModelManifest.class));

        assertEquals(
                "'batching." + field + "': expected a whole number from " + range + ", found " + becomes,
                invalid.getMessage());
    }

    @Test
    void aSignatureIsWrittenAndReadAsItStandsInTheGoldenSample() {
        assertEquals(sample("signature.json"), Json.pretty(SIGNATURE));
        assertEquals(SIGNATURE, Json.read(sample("signature.json"), Signature.class));
    }

    @Test
    void anInspectionIsWrittenAndReadAsItStandsInTheGoldenSample() {
        var inspection = new ModelInspection(MANIFEST.sha256(), "onnx", ModelMetadata.ONNX, SIGNATURE);

        assertEquals(sample("model-inspection.json"), Json.pretty(inspection));
        assertEquals(inspection, Json.read(sample("model-inspection.json"), ModelInspection.class));
    }

    @Test
    void aModelsMetadataIsWrittenAndReadAsItStandsInTheGoldenSample() {
        var metadata = ModelMetadata.of("eta", List.of("2", "3"), ModelMetadata.ONNX, SIGNATURE);

        assertEquals(sample("model-metadata.json"), Json.pretty(metadata));
        assertEquals(metadata, Json.read(sample("model-metadata.json"), ModelMetadata.class));
    }

    @Test
    void aSlotsMetadataSaysWhichParametersItTakesAsInTheGoldenSample() {
        var metadata = ModelMetadata.of("eta", List.of("2", "3"), ModelMetadata.ONNX, SIGNATURE)
                .withParameters(Map.of("unit", "who is randomised: a flight"));

        assertEquals(sample("model-metadata-parameters.json"), Json.pretty(metadata));
        assertEquals(metadata, Json.read(sample("model-metadata-parameters.json"), ModelMetadata.class));
    }

    @Test
    void aManifestWithoutGoldenRowsMetricsSeedAndLineageIsRead() {
        String json = """
                {"slot":"eta","version":"3","format":"onnx","sha256":"%s","signature":%s}
                """.formatted("0".repeat(64), sample("signature.json"));

        ModelManifest manifest = Json.read(json, ModelManifest.class);

        assertEquals(List.of(), manifest.golden());
        assertEquals(Map.of(), manifest.metrics());
    }

    @Test
    void aWrongTensorInAGoldenRowIsNamedWithItsPath() {
        String json = sample("manifest.json").replace("[ 163.0, \"NaN\" ]", "[ 163.0 ]");

        InvalidInput invalid = assertThrows(InvalidInput.class, () -> Json.read(json, ModelManifest.class));

        assertEquals(
                "'golden[0].inputs[0]': tensor 'distance': expected 2 values as its shape [2, 1] says, found 1",
                invalid.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"slot\" : \"eta\"| \"slot\" : \"e t a\"| 'slot': expected 1 to 64 letters",
                "\"slot\" : \"eta\"| \"x\" : 1| 'slot': missing",
                "\"version\" : \"3\"| \"x\" : 1| 'version': missing",
                "\"format\" : \"onnx\",| ``| 'format': missing",
                "\"sha256\" : \"9f| \"sha256\" : \"9F| 'sha256': expected a SHA-256",
                "\"sha256\" : \"9f| \"x\" : \"9F| 'sha256': missing",
                "\"signature\" : {| \"x\" : {| 'signature': missing",
                "\"tolerance\" : 1.0E-5| \"tolerance\" : -1| 'golden[0].tolerance': expected 0 or more, found -1.0",
                "\"data_sha256\" : \"2c| \"data_sha256\" : \"| 'lineage.data_sha256': expected a SHA-256",
            })
    void aBrokenManifestNamesTheFieldAndTheRule(String part, String replacement, String message) {
        String json = sample("manifest.json").replace(part, replacement);

        InvalidInput invalid = assertThrows(InvalidInput.class, () -> Json.read(json, ModelManifest.class));

        assertEquals(
                message,
                invalid.getMessage()
                        .substring(
                                0,
                                Math.min(message.length(), invalid.getMessage().length())));
    }

    private static String sample(String name) {
        try (InputStream in = ModelJsonTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
