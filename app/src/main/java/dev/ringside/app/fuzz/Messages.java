package dev.ringside.app.fuzz;

import com.google.protobuf.ByteString;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.InferTensorContents;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import dev.ringside.grpc.ModelInferRequest.InferRequestedOutputTensor;
import java.util.List;
import java.util.SplittableRandom;

/** Messages that are wrong in their fields, or in their bytes. */
final class Messages {
    private static final List<String> TYPES = List.of("", "FP16", "BF16", "FP64", "INT8", "BOOL", "BYTES", "x");
    private static final List<Long> DIMENSIONS =
            List.of(0L, -1L, 2L, 3L, 1L << 31, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<String> PARAMETERS = List.of(
            "timeout", "priority", "classification", "sequence_id", "unit", "shared_memory_region", "triton_x", "y");
    private static final int MOST_CHANGES = 3;
    private static final int MANY = 2_000;

    private final SplittableRandom random;

    Messages(SplittableRandom random) {
        this.random = random;
    }

    byte[] message() {
        ModelInferRequest.Builder request = random.nextBoolean() ? RightRequests.typed() : RightRequests.raw();
        if (random.nextInt(3) == 0) {
            return new Bytes(random).changed(request.build().toByteArray());
        }
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(request);
        }
        return request.build().toByteArray();
    }

    private void change(ModelInferRequest.Builder request) {
        int inputs = request.getInputsCount();
        switch (random.nextInt(8)) {
            case 0 -> request.putParameters(one(PARAMETERS), parameter());
            case 1 ->
                request.addOutputs(InferRequestedOutputTensor.newBuilder()
                        .setName(random.nextBoolean() ? "x_out" : "y_out")
                        .putParameters(one(PARAMETERS), parameter()));
            case 2 -> {
                if (random.nextInt(20) == 0) {
                    for (int i = 0; i < MANY; i++) {
                        request.addOutputs(
                                InferRequestedOutputTensor.newBuilder().setName("x_out"));
                    }
                }
            }
            case 3 -> request.addRawInputContents(ByteString.copyFrom(new byte[random.nextInt(64)]));
            case 4 -> {
                if (request.getRawInputContentsCount() > 0) {
                    request.setRawInputContents(
                            random.nextInt(request.getRawInputContentsCount()),
                            ByteString.copyFrom(new Bytes(random).changed(RightRequests.tensors())));
                }
            }
            case 5 -> request.setModelVersion(random.nextBoolean() ? "1" : "2");
            default -> {
                if (inputs > 0) {
                    change(request.getInputsBuilder(random.nextInt(inputs)));
                }
            }
        }
    }

    private void change(InferInputTensor.Builder input) {
        switch (random.nextInt(6)) {
            case 0 -> input.setDatatype(one(TYPES));
            case 1 -> input.addShape(one(DIMENSIONS));
            case 2 -> {
                if (input.getShapeCount() > 0) {
                    input.setShape(random.nextInt(input.getShapeCount()), one(DIMENSIONS));
                }
            }
            case 3 -> input.setName(random.nextBoolean() ? "x" : "");
            case 4 ->
                input.setContents(InferTensorContents.newBuilder()
                        .addIntContents(random.nextInt())
                        .addFp64Contents(Double.NaN)
                        .addBytesContents(ByteString.copyFrom(new byte[] {(byte) 0xFF, (byte) 0xC0})));
            default -> input.putParameters(one(PARAMETERS), parameter());
        }
    }

    private InferParameter parameter() {
        InferParameter.Builder parameter = InferParameter.newBuilder();
        return switch (random.nextInt(5)) {
            case 0 -> parameter.setBoolParam(true).build();
            case 1 -> parameter.setInt64Param(random.nextLong()).build();
            case 2 -> parameter.setStringParam("x").build();
            case 3 -> parameter.setInt64Param(1).build();
            default -> parameter.build();
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
