package dev.ringside.engine.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.OnnxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxEngineTest {
    private static final List<String> PROBABILITY = List.of("probability");

    private final OnnxEngine engine = new OnnxEngine(1);

    @TempDir
    Path folder;

    @Test
    void theSignatureIsReadFromTheFile() throws Exception {
        try (LoadedModel model = open(OnnxFiles.lookup(Map.of("AS", 2f), 1))) {
            assertEquals(
                    new Signature(
                            List.of(
                                    new TensorSpec("distance", DataType.FP32, List.of(-1L, 1L)),
                                    new TensorSpec("carrier", DataType.BYTES, List.of(-1L, 1L))),
                            List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L)))),
                    model.signature());
        }
    }

    @Test
    void numbersAndTextsGoInAndComeOutUnchanged() throws Exception {
        Tensor x = new Tensor(
                "x", List.of(2L, 2L), new TensorData.Fp32(new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE}));
        Tensor n = new Tensor("n", List.of(1L, 2L), new TensorData.Int64(new long[] {Long.MIN_VALUE, 7}));
        Tensor t = new Tensor("t", List.of(2L, 2L), new TensorData.Bytes(new String[] {"", "Zürich", "\0", "😀"}));
        try (LoadedModel model = open(OnnxFiles.identity())) {
            List<Tensor> outputs = model.run(List.of(t, x, n), List.of("t_out", "x_out", "n_out"));

            assertEquals(List.of(renamed("t_out", t), renamed("x_out", x), renamed("n_out", n)), outputs);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, BOOL, true, false",
        "INT8, INT8, -128, 127",
        "INT16, INT16, -32768, 32767",
        "INT32, INT32, -2147483648, 2147483647",
        "INT64, INT64, -9223372036854775808, 9223372036854775807",
        "UINT8, UINT8, 0, 255",
        "UINT16, UINT16, 0, 65535",
        "UINT32, UINT32, 0, 4294967295",
        "UINT64, UINT64, 9223372036854775808, 18446744073709551615",
        "FP16, FLOAT16, -65504.0, 6.1035156E-5",
        "BF16, BFLOAT16, -3.3895314E38, 1.1754944E-38",
        "FP32, FLOAT, -3.4028235E38, 1.4E-45",
        "FP64, DOUBLE, -1.7976931348623157E308, 0.1",
        "BYTES, STRING, '\"\"', '\"AS\"'",
    })
    @DisplayName("P6: every data type of the protocol goes into a model and comes out unchanged")
    void everyDataTypeGoesInAndComesOutUnchanged(DataType type, TensorProto.DataType onnx, String first, String second)
            throws Exception {
        String body = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"" + type + "\",\"data\":[" + first
                + "," + second + "]}]}";
        List<Tensor> given = InferenceJson.readRequest(body.getBytes(UTF_8)).inputs();
        try (LoadedModel model = open(OnnxFiles.identity(onnx))) {
            assertEquals(
                    new TensorSpec("x", type, List.of(-1L, 2L)),
                    model.signature().inputs().getFirst());
            for (int i = 0; i < 3; i++) {
                List<Tensor> found = model.run(given, List.of("y"));

                assertEquals(List.of(renamed("y", given.getFirst())), found);
            }
            assertEquals(type, model.signature().outputs().getFirst().datatype());
        }
    }

    @Test
    void onlyTheOutputsAskedForAreGiven() throws Exception {
        try (LoadedModel model = open(OnnxFiles.identity())) {
            List<Tensor> inputs = List.of(
                    new Tensor("x", List.of(0L, 2L), new TensorData.Fp32(new float[0])),
                    new Tensor("n", List.of(0L, 2L), new TensorData.Int64(new long[0])),
                    new Tensor("t", List.of(0L, 2L), new TensorData.Bytes(new String[0])));

            assertEquals(
                    List.of(renamed("n_out", inputs.get(1)), renamed("t_out", inputs.get(2))),
                    model.run(inputs, List.of("n_out", "t_out")));
        }
    }

    @Test
    void aCategoryIsLookedUpInTheFile() throws Exception {
        try (LoadedModel model = open(OnnxFiles.lookup(Map.of("AS", 2f, "DL", 3f), 0.5f))) {
            List<Tensor> outputs = model.run(
                    List.of(Tensor.column("distance", 1, 10, 100f), Tensor.column("carrier", "AS", "DL", "unknown")),
                    PROBABILITY);

            assertEquals(List.of(Tensor.column("probability", 2, 30, 50f)), outputs);
        }
    }

    @Test
    void aModelThatFailsOnItsInputsSaysSoAndGoesOn() throws Exception {
        try (LoadedModel model = open(OnnxFiles.failing())) {
            ModelFailure failure = assertThrows(
                    ModelFailure.class, () -> model.run(List.of(Tensor.column("position", 7L)), PROBABILITY));

            assertTrue(failure.getMessage().contains("indices"), failure.getMessage());
            assertEquals(
                    List.of(Tensor.column("probability", 0.3f)),
                    model.run(List.of(Tensor.column("position", 2L)), PROBABILITY));
        }
    }

    @Test
    void outputsOfOtherTypesAreLeftOut() throws Exception {
        try (LoadedModel model = open(OnnxFiles.withOutputOfOtherType())) {
            assertEquals(
                    List.of(new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))),
                    model.signature().outputs());
        }
    }

    @Test
    void anInputThatNoClientCanSendIsNamed() {
        ModelFailure failure = assertThrows(ModelFailure.class, () -> open(OnnxFiles.withInputOfOtherType()));

        assertEquals(
                "the file's input 'distance' is FLOAT8E4M3FN with shape [-1, 1],"
                        + " expected BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP32, FP64 or"
                        + " BYTES with at least one dimension",
                failure.getMessage());
    }

    @Test
    void aFileThatIsNoModelIsRefused() {
        byte[] half = OnnxFiles.linear(2);
        byte[] broken = java.util.Arrays.copyOf(half, half.length / 2);

        assertThrows(ModelFailure.class, () -> open(broken));
        assertThrows(ModelFailure.class, () -> open(new byte[0]));
        assertThrows(ModelFailure.class, () -> engine.open(folder.resolve("absent")));
    }

    @Test
    void noThreadsAtAllAreRefused() {
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> new OnnxEngine(0));

        assertEquals("'ringside.serving.intra-op-threads': expected 1 or more, found 0", invalid.getMessage());
    }

    private LoadedModel open(byte[] file) throws IOException, ModelFailure {
        return engine.open(Files.write(Files.createTempFile(folder, "model", ".onnx"), file));
    }

    private static Tensor renamed(String name, Tensor tensor) {
        return new Tensor(name, tensor.shape(), tensor.data());
    }
}
