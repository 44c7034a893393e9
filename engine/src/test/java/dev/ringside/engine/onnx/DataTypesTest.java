package dev.ringside.engine.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.inference.BinaryOutputs;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceBinary;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.OnnxFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies through the codecs into a model and out of it, held to the bytes that ONNX Runtime itself makes. */
class DataTypesTest {
    private static final float[] NUMBERS = {0, 1, 0.5f, 3.140625f, 100, 127};

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "BOOL, BOOL",
        "INT8, INT8",
        "INT16, INT16",
        "INT32, INT32",
        "INT64, INT64",
        "UINT8, UINT8",
        "UINT16, UINT16",
        "UINT32, UINT32",
        "UINT64, UINT64",
        "FP16, FLOAT16",
        "BF16, BFLOAT16",
        "FP32, FLOAT",
        "FP64, DOUBLE",
        "BYTES, STRING"
    })
    @DisplayName("P6: every data type goes unchanged through JSON, flat and nested, and binary, as the runtime has it")
    void everyDataTypeGoesThroughEveryCodecAsTheRuntimeItselfHasIt(DataType type, TensorProto.DataType onnx)
            throws Exception {
        byte[] raw = castByTheRuntime(onnx, NUMBERS);
        try (LoadedModel model = open(OnnxFiles.identity(onnx))) {
            InferenceRequest binary = InferenceBinary.readRequest(
                            Integer.toString(head(type, raw.length).length()),
                            joined(head(type, raw.length).getBytes(UTF_8), raw),
                            InferenceLimits.DEFAULT)
                    .request();

            InferenceBinary.Body answer = answer(model, binary, new BinaryOutputs(true, Map.of()));
            byte[] values = Arrays.copyOfRange(answer.bytes(), answer.jsonLength(), answer.bytes().length);
            assertArrayEquals(raw, values, type.name());

            String json = new String(answer(model, binary, BinaryOutputs.NONE).bytes(), UTF_8);
            String flat = json.substring(json.indexOf("\"data\":") + "\"data\":".length(), json.lastIndexOf("}]"));
            String[] each = flat.substring(1, flat.length() - 1).split(",");
            String nested = "[[%s,%s],[%s,%s],[%s,%s]]".formatted((Object[]) each);
            for (String data : List.of(flat, nested)) {
                InferenceRequest request = InferenceBinary.readRequest(
                                null,
                                ("{\"inputs\":[{\"name\":\"x\",\"shape\":[3,2],\"datatype\":\"" + type + "\",\"data\":"
                                                + data + "}]}")
                                        .getBytes(UTF_8),
                                InferenceLimits.DEFAULT)
                        .request();
                assertEquals(binary.inputs(), request.inputs(), data);
                assertEquals(
                        json,
                        new String(answer(model, request, BinaryOutputs.NONE).bytes(), UTF_8));
            }
        }
    }

    /** Seed 20261201: a quarter of the numbers lies in the middle of two of 16 bits, or right beside. */
    @ParameterizedTest
    @CsvSource({"FP16, FLOAT16", "BF16, BFLOAT16"})
    void numbersAreRoundedTo16BitsAsTheRuntimeRoundsThem(DataType type, TensorProto.DataType onnx) throws Exception {
        var random = new Random(20261201);
        float[] numbers = new float[4_000];
        for (int i = 0; i < numbers.length; i++) {
            float any = (random.nextFloat() - 0.5f) * (float) Math.pow(10, random.nextInt(-9, 5));
            int bits = Float.floatToIntBits(any);
            int middle = type == DataType.BF16 ? 0x8000 : 0x1000;
            numbers[i] = switch (i % 8) {
                case 0 -> Float.intBitsToFloat((bits & -(2 * middle)) | middle);
                case 1 -> Float.intBitsToFloat((bits & -(2 * middle)) | middle | 1);
                default -> any;
            };
        }
        StringBuilder data = new StringBuilder();
        for (float number : numbers) {
            // All digits: the shortest text that is this float again is another number, which may lie on the other
            // side.
            data.append(data.isEmpty() ? "" : ",").append(new BigDecimal(number));
        }
        byte[] body = ("{\"inputs\":[{\"name\":\"x\",\"shape\":[2000,2],\"datatype\":\"" + type + "\",\"data\":[" + data
                        + "]}]}")
                .getBytes(UTF_8);
        try (LoadedModel model = open(OnnxFiles.identity(onnx))) {
            InferenceBinary.Body answer = answer(
                    model,
                    InferenceBinary.readRequest(null, body, InferenceLimits.DEFAULT)
                            .request(),
                    new BinaryOutputs(true, Map.of()));

            assertArrayEquals(
                    castByTheRuntime(onnx, numbers),
                    Arrays.copyOfRange(answer.bytes(), answer.jsonLength(), answer.bytes().length));
        }
    }

    @Test
    void whatIsNotFiniteStaysWhatItIsInEveryFloatingPointType() throws Exception {
        float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};
        for (TensorData data : List.of(new TensorData.Fp16(odd), new TensorData.Bf16(odd), new TensorData.Fp32(odd))) {
            TensorProto.DataType onnx = TensorProto.DataType.valueOf(
                    switch (data.datatype()) {
                        case FP16 -> "FLOAT16";
                        case BF16 -> "BFLOAT16";
                        default -> "FLOAT";
                    });
            try (LoadedModel model = open(OnnxFiles.identity(onnx))) {
                Tensor given = new Tensor("x", List.of(2L, 2L), data);

                assertEquals(List.of(new Tensor("y", given.shape(), data)), model.run(List.of(given), List.of("y")));
            }
        }
    }

    private static String head(DataType type, int size) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[3,2],\"datatype\":\"" + type
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}]}";
    }

    private static InferenceBinary.Body answer(LoadedModel model, InferenceRequest request, BinaryOutputs binary)
            throws ModelFailure {
        return InferenceBinary.writeResponse(
                new InferenceResponse("m", "1", null, Map.of(), model.run(request.inputs(), List.of("y"))), binary);
    }

    /** The bytes of the numbers in another type, made and given by the runtime without any code of ours. */
    private byte[] castByTheRuntime(TensorProto.DataType to, float[] numbers) throws OrtException {
        try (var options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(OnnxFiles.cast(to), options);
                OnnxTensor x = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(numbers), new long[] {numbers.length / 2, 2});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            var y = (OnnxTensor) result.get(0);
            if (to == TensorProto.DataType.STRING) {
                var texts = new ByteArrayOutputStream();
                for (String[] row : (String[][]) y.getValue()) {
                    for (String text : row) {
                        byte[] utf8 = text.getBytes(UTF_8);
                        texts.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(utf8.length)
                                .array());
                        texts.writeBytes(utf8);
                    }
                }
                return texts.toByteArray();
            }
            ByteBuffer bytes = y.getByteBuffer();
            assertTrue(bytes.hasRemaining());
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        }
    }

    private LoadedModel open(byte[] file) throws IOException, ModelFailure {
        return new OnnxEngine(1).open(Files.write(Files.createTempFile(folder, "model", ".onnx"), file));
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
