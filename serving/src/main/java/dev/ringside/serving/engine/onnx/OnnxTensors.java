package dev.ringside.serving.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors across the border to ONNX Runtime. */
final class OnnxTensors {
    private OnnxTensors() {}

    /**
     * Gives the runtime a tensor; the caller closes it before the memory.
     *
     * @param memory numbers are laid here, where the runtime reads them in place; texts it copies
     */
    static OnnxTensor toNative(OrtEnvironment environment, Arena memory, Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (tensor.data()) {
            case TensorData.Fp32(float[] values) ->
                OnnxTensor.createTensor(
                        environment,
                        buffer(memory, (long) Float.BYTES * values.length)
                                .asFloatBuffer()
                                .put(0, values),
                        shape);
            case TensorData.Int64(long[] values) ->
                OnnxTensor.createTensor(
                        environment,
                        buffer(memory, (long) Long.BYTES * values.length)
                                .asLongBuffer()
                                .put(0, values),
                        shape);
            case TensorData.Bytes(String[] values) -> OnnxTensor.createTensor(environment, values, shape);
        };
    }

    private static ByteBuffer buffer(Arena memory, long bytes) {
        return memory.allocate(bytes, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Copies a tensor of the runtime onto the heap. */
    static Tensor fromNative(String name, OnnxTensor value) throws OrtException {
        List<Long> shape = Arrays.stream(value.getInfo().getShape()).boxed().toList();
        TensorData data = switch (value.getInfo().type) {
            case FLOAT -> {
                float[] values = new float[(int) value.getInfo().getNumElements()];
                value.getFloatBuffer().get(values);
                yield new TensorData.Fp32(values);
            }
            case INT64 -> {
                long[] values = new long[(int) value.getInfo().getNumElements()];
                value.getLongBuffer().get(values);
                yield new TensorData.Int64(values);
            }
            case STRING -> {
                var values = new ArrayList<String>();
                flatten(value.getValue(), values);
                yield new TensorData.Bytes(values.toArray(String[]::new));
            }
            case DOUBLE, INT8, INT16, INT32, BOOL, UINT8, FLOAT16, BFLOAT16, UNKNOWN ->
                throw new IllegalArgumentException(
                        "output '" + name + "' is " + value.getInfo().type + ", which no signature can promise");
        };
        return new Tensor(name, shape, data);
    }

    /** Texts come as an array of arrays, as deep as the tensor has dimensions. */
    private static void flatten(Object value, List<String> into) {
        if (value instanceof Object[] array) {
            for (Object element : array) {
                flatten(element, into);
            }
        } else {
            into.add((String) value);
        }
    }
}
