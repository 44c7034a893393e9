package dev.ringside.contract.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceRequestJsonTest {
    private static final InferenceRequest RIDE = new InferenceRequest(
            "ride-17",
            Map.of("unit", "driver-7", "region", "PDX", "priority", 1L, "surge", 1.25, "test", true),
            List.of(
                    Tensor.column("distance", 0.5f, 163f),
                    Tensor.column("hour", 8L, -1L),
                    Tensor.column("carrier", "AS", "Zürich")),
            List.of("probability"));

    @Test
    void aRequestIsReadAsItStandsInTheGoldenSample() {
        assertEquals(RIDE, InferenceJson.readRequest(Sample.bytes("request.json")));
    }

    @Test
    void aRequestIsWrittenAsItStandsInTheGoldenSample() {
        assertEquals(Sample.text("request.json"), new String(InferenceJson.writeRequest(RIDE), UTF_8));
    }

    @Test
    void everyDataTypeOfTheProtocolIsReadAndWrittenAsItStands() {
        for (String[] sample : new String[][] {
            {"BOOL", "true", "false"},
            {"INT8", "-128", "127"},
            {"INT16", "-32768", "32767"},
            {"INT32", "-2147483648", "2147483647"},
            {"INT64", "-9223372036854775808", "9223372036854775807"},
            {"UINT8", "0", "255"},
            {"UINT16", "0", "65535"},
            {"UINT32", "0", "4294967295"},
            {"UINT64", "9223372036854775808", "18446744073709551615"},
            {"FP16", "-65504.0", "6.1035156E-5"},
            {"BF16", "-3.3895314E38", "1.1754944E-38"},
            {"FP32", "-3.4028235E38", "1.4E-45"},
            {"FP64", "-1.7976931348623157E308", "0.1"},
            {"BYTES", "''", "'AS'"},
        }) {
            String flat = "{'inputs':[{'name':'x','shape':[2,1],'datatype':'" + sample[0] + "','data':[" + sample[1]
                    + "," + sample[2] + "]}]}";
            InferenceRequest request = read(flat);
            assertEquals(
                    DataType.valueOf(sample[0]), request.inputs().getFirst().datatype());
            assertEquals(flat.replace('\'', '"'), new String(InferenceJson.writeRequest(request), UTF_8));

            // Nested, and with the values before their type, they are the same.
            String nested = "{'inputs':[{'data':[[" + sample[1] + "],[" + sample[2] + "]],'datatype':'" + sample[0]
                    + "','shape':[2,1],'name':'x'}]}";
            assertEquals(request, read(nested), sample[0]);
        }
    }

    @Test
    void anEmptyIdIsNone() {
        assertNull(read("{'id':'','inputs':[{'name':'x','shape':[0],'datatype':'FP32','data':[]}]}")
                .id());
    }

    @Test
    void aJsonBodyOfTritonsPythonClientIsRead() {
        InferenceRequest request = InferenceJson.readRequest(Sample.bytes("request-triton-python.json"));

        assertEquals("1", request.id());
        assertEquals(Map.of(), request.parameters(), "how outputs are written is no part of what is asked");
        assertEquals(
                List.of(Tensor.column("distance", 0.5f, 163f), Tensor.column("carrier", "AS", "DL")), request.inputs());
        assertEquals(List.of(), request.outputs());
    }

    @Test
    void aJsonBodyOfTritonsJavaClientIsReadWithItsKeysInAnyOrder() {
        InferenceRequest request = InferenceJson.readRequest(Sample.bytes("request-triton-java.json"));

        assertEquals(List.of(Tensor.column("distance", 0.5f, 163f)), request.inputs());
        assertEquals(List.of("probability"), request.outputs());
    }

    @Test
    void aJsonBodyOfKServesClientIsReadNestedAndWithNulls() {
        InferenceRequest request = InferenceJson.readRequest(Sample.bytes("request-kserve.json"));

        var values = new TensorData.Fp32(new float[] {6.8f, 2.8f, 4.8f, 6.0f, 3.4f, 4.5f});
        assertEquals(List.of(new Tensor("features", List.of(2L, 3L), values)), request.inputs());
        assertEquals(List.of(), request.outputs());
        assertEquals(Map.of(), request.parameters());
    }

    @Test
    void aRequestNeedsOnlyInputs() {
        InferenceRequest request = read("{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','data':[1]}]}");

        assertNull(request.id());
        assertEquals(Map.of(), request.parameters());
        assertEquals(List.of(), request.outputs());
    }

    @Test
    void unknownKeysAreSkippedAtEveryLevel() {
        InferenceRequest request = read("{'model_name':'m','extra':{'deep':[1,{}]},'inputs':[{'x':[[]],'name':'x',"
                + "'shape':[1],'datatype':'FP32','data':[1],'parameters':{'content_type':'np','list':[1]}}],"
                + "'outputs':[{'name':'y','data':null,'shape':[1]}]}");

        assertEquals(List.of("y"), request.outputs());
        assertEquals("x", request.inputs().getFirst().name());
    }

    @Test
    void anFp32IsTheNearestToItsDecimalText() {
        float[] values = {0.1f, 16777216f, Float.MIN_VALUE, -0f, 3.4028235e38f, Math.nextUp(0.3f)};
        var request = new InferenceRequest(null, Map.of(), List.of(Tensor.column("x", values)), List.of());

        InferenceRequest back = InferenceJson.readRequest(InferenceJson.writeRequest(request));

        assertArrayEquals(values, ((TensorData.Fp32) back.inputs().getFirst().data()).values());
    }

    @Test
    void whatIsNotFiniteComesInAsBareWordOrAsText() {
        InferenceRequest request = read("{'inputs':[{'name':'x','shape':[6],'datatype':'FP32',"
                + "'data':[NaN,Infinity,-Infinity,'NaN','Infinity','-Infinity']}]}");

        float inf = Float.POSITIVE_INFINITY;
        assertArrayEquals(
                new float[] {Float.NaN, inf, -inf, Float.NaN, inf, -inf},
                ((TensorData.Fp32) request.inputs().getFirst().data()).values());
    }

    @Test
    void whatIsNotFiniteGoesToAnotherServerAsBareWord() {
        var request = new InferenceRequest(null, Map.of(), List.of(Tensor.column("x", Float.NaN)), List.of());

        String body = new String(InferenceJson.writeRequest(request), UTF_8);

        assertEquals("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[NaN]}]}", body);
    }

    @Test
    void dataThatStandsBeforeItsDatatypeIsReadJustAsExactly() {
        InferenceRequest request = read("{'inputs':[{'data':[[0.1,NaN],['Infinity',1]],'datatype':'FP32',"
                + "'shape':[2,2],'name':'x'},{'data':[9007199254740993],'name':'n','shape':[1],'datatype':'INT64'}]}");

        assertEquals(
                new TensorData.Fp32(new float[] {0.1f, Float.NaN, Float.POSITIVE_INFINITY, 1}),
                request.inputs().get(0).data());
        assertEquals(
                new TensorData.Int64(new long[] {9007199254740993L}),
                request.inputs().get(1).data());
    }

    @Test
    void moreValuesThanThereWasRoomForAtFirstAreAllRead() {
        String data = "1,".repeat(99_999) + "1";
        InferenceRequest request =
                read("{'inputs':[{'data':[" + data + "],'name':'x','shape':[100000],'datatype':'INT64'},{'name':'y',"
                        + "'shape':[100000],'datatype':'FP32','data':[" + data + "]}]}");

        assertEquals(100_000, request.inputs().get(0).data().size());
        assertEquals(100_000, request.inputs().get(1).data().size());
    }

    @Test
    void aTensorWithoutRowsIsRead() {
        InferenceRequest request = read("{'inputs':[{'name':'x','shape':[0,3],'datatype':'FP32','data':[]}]}");

        assertEquals(List.of(0L, 3L), request.inputs().getFirst().shape());
    }

    static InferenceRequest read(String quotedWithApostrophes) {
        return InferenceJson.readRequest(
                quotedWithApostrophes.replace('\'', '"').getBytes(UTF_8));
    }
}
