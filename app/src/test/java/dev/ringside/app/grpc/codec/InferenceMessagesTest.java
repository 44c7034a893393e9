package dev.ringside.app.grpc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.Classifications;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import dev.ringside.grpc.ModelInferRequest.InferRequestedOutputTensor;
import dev.ringside.grpc.ModelInferResponse;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InferenceMessagesTest {
    private static final InferenceLimits LIMITS = InferenceLimits.DEFAULT;
    private static final long SEED = 20260117;
    private static final int CASES = 200;
    private static final List<DataType> TYPES = List.of(DataType.values());

    private static InferenceRequest read(ModelInferRequest.Builder request) {
        return InferenceMessages.read(request.build(), LIMITS).request();
    }

    private static InferenceFailure refused(ModelInferRequest.Builder request) {
        return refused(request, LIMITS);
    }

    private static InferenceFailure refused(ModelInferRequest.Builder request, InferenceLimits limits) {
        return assertThrows(InferenceFailure.class, () -> InferenceMessages.read(request.build(), limits));
    }

    private static void assertRefused(Cause cause, String words, ModelInferRequest.Builder request) {
        InferenceFailure failure = refused(request);
        assertEquals(words, failure.getMessage());
        assertEquals(cause, failure.why());
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    private static InferParameter whole(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    private static InferInputTensor.Builder input(String name, String type, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName(name).setDatatype(type);
        for (long n : shape) {
            input.addShape(n);
        }
        return input;
    }

    private static ModelInferRequest.Builder request(InferInputTensor.Builder... inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("m");
        for (InferInputTensor.Builder input : inputs) {
            request.addInputs(input);
        }
        return request;
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTypeIsReadRawAndFromItsFieldAndWrittenRaw(DataType type) {
        var random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            String label = "seed " + SEED + ", case " + i;
            TensorData data = Values.random(type, random.nextInt(8), random);

            Tensor raw = read(Values.raw(data)).inputs().getFirst();
            assertEquals(data, raw.data(), label);
            assertEquals(List.of(1L, (long) data.size()), raw.shape(), label);
            if (Values.isTyped(type)) {
                assertEquals(data, read(Values.typed(data)).inputs().getFirst().data(), label);
            }

            ModelInferResponse response =
                    InferenceMessages.write(new InferenceResponse("m", "1", null, Map.of(), List.of(raw)));
            assertEquals(type.name(), response.getOutputs(0).getDatatype(), label);
            assertEquals(raw.shape(), response.getOutputs(0).getShapeList(), label);
            ByteBuffer bytes = response.getRawOutputContents(0).asReadOnlyByteBuffer();
            assertEquals(data, BinaryData.read("x", bytes, type, data.size()), label);
        }
    }

    @Test
    void severalInputsOfAllTypesAreReadInTheirOrder() {
        var random = new Random(SEED);
        for (int i = 0; i < CASES; i++) {
            ModelInferRequest.Builder raw = ModelInferRequest.newBuilder();
            ModelInferRequest.Builder typed = ModelInferRequest.newBuilder();
            int inputs = 1 + random.nextInt(5);
            for (int j = 0; j < inputs; j++) {
                DataType type = TYPES.get(random.nextInt(TYPES.size()));
                TensorData data = Values.random(type, random.nextInt(5), random);
                raw.addInputs(Values.input("x" + j, data));
                raw.addRawInputContents(ByteString.copyFrom(BinaryData.write(data)));
                if (Values.isTyped(type)) {
                    typed.addInputs(Values.input("x" + j, data).setContents(Values.contents(data)));
                }
            }
            List<Tensor> all = read(raw).inputs();
            assertEquals(inputs, all.size(), "seed " + SEED + ", case " + i);
            assertEquals(
                    all.stream().filter(t -> Values.isTyped(t.datatype())).toList(),
                    read(typed).inputs(),
                    "seed " + SEED + ", case " + i);
        }
    }

    /** What a client's mistakes or a hostile one make of a message is read or refused, and nothing else. */
    @Test
    void whateverIsMadeOfAMessageIsReadOrRefused() {
        var random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            ModelInferRequest.Builder request = random.nextBoolean() && Values.isTyped(type)
                    ? Values.typed(Values.random(type, 3, random))
                    : Values.raw(Values.random(type, 3, random));
            request.putParameters("priority", whole(random.nextInt(3)))
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"));
            byte[] bytes = request.build().toByteArray();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                InferenceMessages.read(ModelInferRequest.parseFrom(bytes), LIMITS);
            } catch (InvalidProtocolBufferException | InferenceFailure e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", case " + i + ": " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertTrue(refused > 1_000, "only " + refused);
    }

    @Test
    void idParametersAndWantedOutputsAreRead() {
        ModelInferRequest.Builder request = Values.typed(new TensorData.Fp32(new float[] {1}))
                .setId("7")
                .putParameters("unit", text("rider-1"))
                .putParameters(
                        "priority",
                        InferParameter.newBuilder().setUint64Param(2).build())
                .putParameters("timeout", whole(5_000))
                .putParameters(
                        "action_propensity",
                        InferParameter.newBuilder().setDoubleParam(0.25).build())
                .putParameters(
                        "flag", InferParameter.newBuilder().setBoolParam(true).build())
                .putParameters("sequence_id", whole(0))
                .putParameters("nothing", InferParameter.getDefaultInstance())
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("b"))
                .addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName("a")
                        .putParameters(Classifications.PARAMETER, whole(3)));
        InferenceMessages.Received received = InferenceMessages.read(request.build(), LIMITS);
        assertEquals("7", received.request().id());
        assertEquals(
                Map.of("unit", "rider-1", "priority", 2L, "timeout", 5_000L, "action_propensity", 0.25, "flag", true),
                received.request().parameters());
        assertEquals(List.of("b", "a"), received.request().outputs());
        assertEquals(Map.of("a", 3), received.classes().counts());
    }

    @Test
    void aResponseHasItsIdAndItsParameters() {
        ModelInferResponse response = InferenceMessages.write(new InferenceResponse(
                "m", "2", "7", Map.of("propensity", "0.5", "rows", 3L, "late", true, "share", 0.5), List.of()));
        assertEquals("m", response.getModelName());
        assertEquals("2", response.getModelVersion());
        assertEquals("7", response.getId());
        assertEquals(
                Map.of(
                        "propensity", text("0.5"),
                        "rows", whole(3),
                        "late", InferenceMessages.yes(),
                        "share", InferParameter.newBuilder().setDoubleParam(0.5).build()),
                response.getParametersMap());
    }

    @Test
    void anOutputThatIsNotFiniteIsAFailure() {
        var response = new InferenceResponse("m", "2", null, Map.of(), List.of(Tensor.column("y", Float.NaN)));
        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> InferenceMessages.write(response));
        assertEquals(Cause.FAILED, failure.why());
    }

    @Test
    void valuesThatAreNotOfTheirTypeAreRefused() {
        var three = new TensorData.Whole(DataType.INT32, new long[] {1, 2, 300});
        assertRefused(
                Cause.MALFORMED,
                "input 'x': 'contents' value 2: expected a number within the range of INT8, found 300",
                request(input("x", "INT8", 3).setContents(Values.contents(three))));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': expected fp32_contents for FP32, found int_contents",
                request(input("x", "FP32", 3).setContents(Values.contents(three))));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': the protocol has no contents for FP16: send its values in raw_input_contents",
                request(input("x", "FP16", 1).setContents(Values.contents(new TensorData.Fp32(new float[1])))));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': expected 4 values as its shape [4] says, found 3",
                request(input("x", "INT32", 4).setContents(Values.contents(three))));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': expected 1 values as its shape [1] says, found 0",
                request(input("x", "FP64", 1)));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': has 3 bytes of binary data, expected 4 for each of the 1 values that its shape says",
                request(input("x", "FP32", 1)).addRawInputContents(ByteString.copyFrom(new byte[3])));
        assertEquals(
                "input 'x': text 0 is no UTF-8: BYTES are texts here",
                refused(request(input("x", "BYTES", 1)
                                .setContents(Values.contents(new TensorData.Bytes(new String[0])).toBuilder()
                                        .addBytesContents(ByteString.copyFrom(new byte[] {-1})))))
                        .getMessage());
    }

    @Test
    void inputsThatDoNotGoTogetherAreRefused() {
        var one = new TensorData.Fp32(new float[] {1});
        assertRefused(
                Cause.MALFORMED,
                "'raw_input_contents': expected the values of each of the 2 inputs, found those of 1",
                request(input("x", "FP32", 1), input("y", "FP32", 1))
                        .addRawInputContents(ByteString.copyFrom(new byte[4])));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': has 'contents' and 'raw_input_contents', expected one of them",
                Values.typed(one).addRawInputContents(ByteString.copyFrom(new byte[4])));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': expected once, found twice",
                Values.typed(one).addInputs(input("x", "FP32", 0)));
        assertRefused(Cause.MALFORMED, "inputs[0]: 'name' is missing", request(input("", "FP32", 0)));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': 'datatype' is missing, expected " + DataType.names(),
                request(input("x", "", 0)));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': datatype \"FLOAT\" is none of the protocol's, expected " + DataType.names(),
                request(input("x", "FLOAT", 0)));
        assertRefused(
                Cause.MALFORMED,
                "input 'x': 'shape': expected whole numbers of 0 or more, found -1",
                request(input("x", "FP32", -1)));
        assertRefused(
                Cause.UNSUPPORTED,
                "input 'x': shared memory is not supported, send the values in 'raw_input_contents'",
                request(input("x", "FP32", 1).putParameters("shared_memory_region", text("a"))));
    }

    @Test
    void whatIsLargerThanTheLimitsIsRefused() {
        var limits = new InferenceLimits(8, 2, 1);
        assertEquals(
                Cause.TOO_LARGE, refused(request(input("x", "FP32", 9)), limits).why());
        assertEquals(
                Cause.TOO_LARGE,
                refused(request(input("x", "FP32", 9, 0)), limits).why());
        assertEquals(
                Cause.MALFORMED,
                refused(request(input("x", "FP32", 1, 1, 1)), limits).why());
        assertEquals(
                Cause.MALFORMED,
                refused(request(input("x", "FP32", Long.MAX_VALUE, 3)), limits).why());
        assertEquals(
                Cause.TOO_LARGE,
                refused(request(input("x", "FP32", 0), input("y", "FP32", 0)), limits)
                        .why());
        assertEquals(
                Cause.TOO_LARGE,
                refused(
                                request()
                                        .addOutputs(InferRequestedOutputTensor.newBuilder()
                                                .setName("a"))
                                        .addOutputs(InferRequestedOutputTensor.newBuilder()
                                                .setName("b")),
                                limits)
                        .why());
    }

    @Test
    void parametersThatMeanSomethingElseAreRefused() {
        assertEquals(
                Cause.UNSUPPORTED,
                refused(request().putParameters("sequence_id", whole(5))).why());
        assertRefused(
                Cause.MALFORMED,
                "parameter 'priority': expected at most 9223372036854775807, found 18446744073709551615",
                request()
                        .putParameters(
                                "priority",
                                InferParameter.newBuilder().setUint64Param(-1).build()));
        assertRefused(
                Cause.MALFORMED,
                "parameter 'share': expected a finite number, found NaN",
                request()
                        .putParameters(
                                "share",
                                InferParameter.newBuilder()
                                        .setDoubleParam(Double.NaN)
                                        .build()));
        assertRefused(
                Cause.MALFORMED,
                "outputs[0]: parameter 'classification': expected how many classes, found -1",
                request()
                        .addOutputs(InferRequestedOutputTensor.newBuilder()
                                .setName("y")
                                .putParameters(Classifications.PARAMETER, whole(-1))));
        assertRefused(
                Cause.MALFORMED,
                "requested output 'y': expected once, found twice",
                request()
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"))
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y")));
    }
}
