package dev.ringside.app.fuzz;

import com.google.protobuf.ByteString;
import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** One request to {@link EchoFile} in each form, from which the wrong ones are made. */
final class RightRequests {
    static final String MODEL = "echo";

    private static final List<ByteString> RAW = List.of(
            ByteString.fromHex("0000003f0000c0bf"),
            ByteString.fromHex("0700000000000000f8ffffffffffffff"),
            ByteString.fromHex("010000006105000000c3a4e282ac"));

    /** What the outputs hold, one behind the other, as the protocol's binary form has it. */
    static final String ECHO = HexFormat.of().formatHex(tensors());

    private RightRequests() {}

    static String json() {
        return """
                {"id":"7","inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[0.5,-1.5]},\
                {"name":"n","shape":[1,2],"datatype":"INT64","data":[7,-8]},\
                {"name":"t","shape":[1,2],"datatype":"BYTES","data":["a","ä€"]}],\
                "parameters":{"binary_data_output":true}}""";
    }

    /** The JSON before {@link #tensors}. */
    static String binaryJson() {
        return """
                {"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},\
                {"name":"n","shape":[1,2],"datatype":"INT64","parameters":{"binary_data_size":16}},\
                {"name":"t","shape":[1,2],"datatype":"BYTES","parameters":{"binary_data_size":14}}],\
                "outputs":[{"name":"x_out","parameters":{"binary_data":true}}]}""";
    }

    static byte[] tensors() {
        return ByteString.copyFrom(RAW).toByteArray();
    }

    /** With values in the fields of their types. */
    static ModelInferRequest.Builder typed() {
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(input("x", "FP32")
                        .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(0.5f, -1.5f))))
                .addInputs(input("n", "INT64")
                        .setContents(InferTensorContents.newBuilder().addAllInt64Contents(List.of(7L, -8L))))
                .addInputs(input("t", "BYTES")
                        .setContents(InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFrom("a", StandardCharsets.UTF_8))
                                .addBytesContents(ByteString.copyFrom("ä€", StandardCharsets.UTF_8))));
    }

    /** With raw values. */
    static ModelInferRequest.Builder raw() {
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(input("x", "FP32"))
                .addInputs(input("n", "INT64"))
                .addInputs(input("t", "BYTES"))
                .addAllRawInputContents(RAW);
    }

    private static InferInputTensor.Builder input(String name, String type) {
        return InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(type)
                .addShape(1)
                .addShape(2);
    }
}
