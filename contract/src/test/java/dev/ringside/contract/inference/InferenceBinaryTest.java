package dev.ringside.contract.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceBinaryTest {
    private static final InferenceLimits LIMITS = InferenceLimits.DEFAULT;

    /** Each type with its values as the protocol has them, least significant byte first; by Python's struct and NumPy. */
    static Stream<Map.Entry<TensorData, String>> types() {
        return Map.<TensorData, String>ofEntries(
                Map.entry(new TensorData.Bool(new boolean[] {true, false}), "0100"),
                Map.entry(new TensorData.Whole(DataType.INT8, new long[] {-128, 127}), "807f"),
                Map.entry(new TensorData.Whole(DataType.UINT8, new long[] {0, 255}), "00ff"),
                Map.entry(new TensorData.Whole(DataType.INT16, new long[] {-32768, 258}), "00800201"),
                Map.entry(new TensorData.Whole(DataType.UINT16, new long[] {65535, 258}), "ffff0201"),
                Map.entry(new TensorData.Whole(DataType.INT32, new long[] {-2, 16909060}), "feffffff04030201"),
                Map.entry(new TensorData.Whole(DataType.UINT32, new long[] {4294967295L, 1}), "ffffffff01000000"),
                Map.entry(new TensorData.Int64(new long[] {-2}), "feffffffffffffff"),
                Map.entry(new TensorData.Whole(DataType.UINT64, new long[] {-1}), "ffffffffffffffff"),
                Map.entry(new TensorData.Fp16(new float[] {1.5f, -65504}), "003efffb"),
                Map.entry(new TensorData.Bf16(new float[] {1.5f, -3.3895314e38f}), "c03f7fff"),
                Map.entry(new TensorData.Fp32(new float[] {1.5f, -0.1f}), "0000c03fcdccccbd"),
                Map.entry(new TensorData.Fp64(new double[] {0.1}), "9a9999999999b93f"),
                Map.entry(new TensorData.Bytes(new String[] {"", "é", "AS"}), "0000000002000000c3a9020000004153"))
                .entrySet()
                .stream();
    }

    private static byte[] body(String json, byte[]... tensors) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(json.replace('\'', '"').getBytes(UTF_8));
        Arrays.stream(tensors).forEach(body::writeBytes);
        return body.toByteArray();
    }

    private static InferenceBinary.Received read(String json, String hex) {
        return InferenceBinary.readRequest(
                Integer.toString(json.length()), body(json, HexFormat.of().parseHex(hex)), LIMITS);
    }

    private static InferenceFailure refused(String json, String hex) {
        return assertThrows(InferenceFailure.class, () -> read(json, hex));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsReadAndWrittenByteByByte(Map.Entry<TensorData, String> type) {
        TensorData data = type.getKey();
        byte[] bytes = HexFormat.of().parseHex(type.getValue());

        assertArrayEquals(bytes, BinaryData.write(data), data::toString);
        assertEquals(data, BinaryData.read("input 'x'", bytes, 0, bytes.length, data.datatype(), data.size()));
    }

    @Test
    void aBodyOfTritonsPythonClientIsRead() {
        String json = "{'id':'1','inputs':[{'name':'distance','shape':[2,1],'datatype':'FP32','parameters':"
                + "{'binary_data_size':8}},{'name':'carrier','shape':[2,1],'datatype':'BYTES','parameters':"
                + "{'binary_data_size':12}}],'parameters':{'unit':'u-1','binary_data_output':true}}";

        InferenceBinary.Received received = read(json, "0000003f00002343" + "020000004153" + "02000000444c");

        assertEquals("1", received.request().id());
        assertEquals(Map.of("unit", "u-1"), received.request().parameters());
        assertEquals(
                List.of(Tensor.column("distance", 0.5f, 163f), Tensor.column("carrier", "AS", "DL")),
                received.request().inputs());
        assertTrue(received.binary().wants("score"));
    }

    @Test
    void jsonAndBinaryTensorsStandSideBySideAndOutputsAreAskedForEach() {
        String json = "{'inputs':[{'parameters':{'binary_data_size':4},'name':'a','shape':[1,1],'datatype':'FP32'},"
                + "{'name':'b','shape':[1,1],'datatype':'INT64','data':[7]}],"
                + "'outputs':[{'name':'y','parameters':{'binary_data':true}},{'name':'z'}]}";

        InferenceBinary.Received received = read(json, "0000c03f");

        assertEquals(
                List.of(Tensor.column("a", 1.5f), Tensor.column("b", 7L)),
                received.request().inputs());
        assertEquals(List.of("y", "z"), received.request().outputs());
        assertTrue(received.binary().wants("y"));
        assertFalse(received.binary().wants("z"));
    }

    @Test
    void classesAreAskedForOutputByOutput() {
        String json = "{'inputs':[{'name':'a','shape':[1],'datatype':'FP32','data':[1]}],'outputs':[{'name':'y',"
                + "'parameters':{'classification':3,'binary_data':true}},{'name':'z','parameters':{'classification':0}}]}";

        InferenceBinary.Received received = InferenceBinary.readRequest(null, body(json), LIMITS);

        assertEquals(new Classifications(Map.of("y", 3)), received.classes());
        assertEquals(List.of("y", "z"), received.request().outputs());
        assertTrue(received.binary().wants("y"));
    }

    @Test
    void aBodyWithoutTheHeaderIsAllJsonAndMayAskForBinaryOutputs() {
        byte[] body = body("{'inputs':[{'name':'a','shape':[1],'datatype':'FP32','data':[1]}],"
                + "'parameters':{'binary_data_output':true}}");

        assertTrue(InferenceBinary.readRequest(null, body, LIMITS).binary().wants("any"));
        assertEquals(
                InferenceBinary.readRequest(null, body, LIMITS),
                InferenceBinary.readRequest(" " + body.length, body, LIMITS),
                "a header that says that it is all JSON");
        assertEquals(Map.of(), InferenceJson.readRequest(body).parameters());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP32|[2]|4|0000c03f|has 4 bytes of binary data, expected 4 for each of the 2 values",
                "FP32|[1]|8|0000c03f|binary_data_size is 8, expected at most the 4 bytes that are left",
                "FP32|[1]|-4|0000c03f|binary_data_size is -4, expected",
                "FP32|[1]|4|0000c03f00|expected nothing after its binary tensors, found 1 bytes more",
                "FP32|[4611686018427387904,4]|4|0000c03f|has more values than can be counted",
                "FP32|[4000000]|4|0000c03f|has 4 bytes of binary data, expected 4 for each of the 4000000",
                "BYTES|[2]|8|0300000041534100|text 1 has no length, and 1 bytes are left",
                "BYTES|[1]|6|030000004153|text 0 has the length 3, and 2 bytes are left",
                "BYTES|[1]|7|02000000415300|has 1 bytes of binary data after the last of its 1 texts",
                "BYTES|[1]|5|ffffffff00|text 0 has the length 4294967295",
                "BYTES|[1]|5|01000000ff|text 0 is no UTF-8",
                "BYTES|[4000000]|4|00000000|expected at least 4 for each of the 4000000 texts",
                "FP32|[1]|1.5|0000c03f|parameter 'binary_data_size': expected how many bytes, found 1.5"
            })
    void bytesThatAreNotWhatTheJsonSaysAreRefusedByName(
            String type, String shape, String size, String hex, String message) {
        InferenceFailure failure = refused(
                "{'inputs':[{'name':'x','shape':" + shape + ",'datatype':'" + type
                        + "','parameters':{'binary_data_size':" + size + "}}]}",
                hex);

        assertEquals(Cause.MALFORMED, failure.why());
        assertTrue(failure.getMessage().contains(message), failure::getMessage);
    }

    @Test
    void aTensorHasItsValuesInOnePlace() {
        String both = "{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','data':[1],'parameters':"
                + "{'binary_data_size':4}}]}";
        assertEquals(
                "input 'x': has 'data' and the parameter binary_data_size, expected one of them",
                refused(both, "0000c03f").getMessage());
        InferenceFailure noHeader = assertThrows(
                InferenceFailure.class,
                () -> InferenceBinary.readRequest(
                        null,
                        body("{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','parameters':"
                                + "{'binary_data_size':4}}]}"),
                        LIMITS));
        assertTrue(noHeader.getMessage().contains("expected a header Inference-Header-Content-Length"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "'two'", "99999999999", "65", "''"})
    void aHeaderThatIsNoPlaceInTheBodyIsRefused(String header) {
        InferenceFailure failure =
                assertThrows(InferenceFailure.class, () -> InferenceBinary.readRequest(header, new byte[64], LIMITS));

        assertEquals(Cause.MALFORMED, failure.why());
        assertTrue(failure.getMessage().contains("expected how many bytes of the body are JSON, 1 to 64"));
    }

    @Test
    void aBodyOfValuesAloneIsTheOnlyInput() {
        assertTrue(InferenceBinary.isRaw(" 0"));
        assertFalse(InferenceBinary.isRaw(null));
        byte[] six = new byte[24];
        six[3] = 0x40;

        assertEquals(
                List.of(new Tensor("x", List.of(3L, 2L), new TensorData.Fp32(new float[] {2, 0, 0, 0, 0, 0}))),
                InferenceBinary.readRaw(six, "x", DataType.FP32, List.of(-1L, 2L), LIMITS)
                        .request()
                        .inputs());
        assertEquals(
                List.of(Tensor.column("x", "é")),
                InferenceBinary.readRaw("é".getBytes(UTF_8), "x", DataType.BYTES, List.of(-1L, 1L), LIMITS)
                        .request()
                        .inputs());
        assertThrows(
                InferenceFailure.class,
                () -> InferenceBinary.readRaw(six, "x", DataType.FP32, List.of(-1L, 5L), LIMITS));
        assertThrows(
                InferenceFailure.class,
                () -> InferenceBinary.readRaw(six, "x", DataType.FP32, List.of(-1L, -1L), LIMITS));
    }

    @Test
    void outputsThatAreWantedBinaryComeBehindTheJson() {
        var response = new InferenceResponse(
                "m",
                "1",
                "r",
                Map.of("fallback", true),
                List.of(Tensor.column("y", 1.5f), Tensor.column("z", 7L), Tensor.column("t", "AS")));

        InferenceBinary.Body body =
                InferenceBinary.writeResponse(response, new BinaryOutputs(false, Map.of("y", true, "t", true)));

        int json = body.jsonLength();
        assertEquals(
                "{\"model_name\":\"m\",\"model_version\":\"1\",\"id\":\"r\",\"parameters\":{\"fallback\":true},"
                        + "\"outputs\":[{\"name\":\"y\",\"shape\":[1,1],\"datatype\":\"FP32\",\"parameters\":"
                        + "{\"binary_data_size\":4}},{\"name\":\"z\",\"shape\":[1,1],\"datatype\":\"INT64\",\"data\":[7]},"
                        + "{\"name\":\"t\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":6}}]}",
                new String(body.bytes(), 0, json, UTF_8));
        assertEquals("0000c03f020000004153", HexFormat.of().formatHex(body.bytes(), json, body.bytes().length));
        InferenceBinary.Body plain = InferenceBinary.writeResponse(response, BinaryOutputs.NONE);
        assertNull(plain.jsonLength());
        assertArrayEquals(InferenceJson.writeResponse(response), plain.bytes());
    }

    /** Seed 20261130: 20,000 bodies of which bytes were changed, cut or added, each answered as a request or a refusal. */
    @Test
    void whateverBytesComeTheAnswerIsARequestOrAFailureOfTheClient() {
        var random = new Random(20261130);
        String json = "{'inputs':[{'name':'a','shape':[2,1],'datatype':'BYTES','parameters':{'binary_data_size':12}},"
                + "{'name':'b','shape':[2,1],'datatype':'FP32','parameters':{'binary_data_size':8}}]}";
        byte[] right = body(json, HexFormat.of().parseHex("02000000415302000000444c0000003f00002343"));
        for (int i = 0; i < 20_000; i++) {
            byte[] body = Arrays.copyOf(right, right.length + random.nextInt(-3, 3));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            String header = Integer.toString(json.length() + (random.nextInt(4) == 0 ? random.nextInt(-9, 9) : 0));
            try {
                InferenceBinary.readRequest(header, body, LIMITS);
            } catch (InferenceFailure e) {
                assertTrue(e.why() == Cause.MALFORMED || e.why() == Cause.UNSUPPORTED, e::toString);
            }
        }
    }
}
