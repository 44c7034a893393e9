package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Tensors across the border to ONNX Runtime. */
final class OnnxTensors {
    private OnnxTensors() {}

    /**
     * Gives the runtime a tensor; the caller closes it before the memory.
     *
     * @param memory numbers are laid here, where the runtime reads them in place; texts it copies
     */
    static OnnxTensor toNative(OrtEnvironment environment, Arena memory, Tensor tensor) throws OrtException {
        return toNative(
                environment,
                size -> memory.allocate(size, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder()),
                List.of(tensor));
    }

    /**
     * Gives the runtime one tensor made of others, one behind the other along the first axis; the caller closes it before
     * the memory.
     *
     * @param memory so many bytes of it, in the machine's order
     * @param parts at least one, all of one type and with the same dimensions after the first
     */
    static OnnxTensor toNative(OrtEnvironment environment, IntFunction<ByteBuffer> memory, List<Tensor> parts)
            throws OrtException {
        DataType type = parts.getFirst().datatype();
        long[] shape = shape(parts);
        if (type == DataType.BYTES) {
            return OnnxTensor.createTensor(environment, texts(parts), shape);
        }
        Optional<OnnxJavaType> inMemory = NativeValues.inMemory(type);
        int width = inMemory.isPresent() ? BinaryData.width(type) : Long.BYTES;
        long size = 0;
        for (Tensor part : parts) {
            size += part.data().size();
        }
        ByteBuffer bytes = memory.apply(Math.toIntExact(size * width));
        int at = 0;
        for (Tensor part : parts) {
            TensorData data = part.data();
            NativeValues.put(
                    bytes,
                    at,
                    inMemory.isEmpty() && data instanceof TensorData.Whole whole
                            ? new TensorData.Int64(whole.values())
                            : data);
            at += data.size() * width;
        }
        if (inMemory.isPresent()) {
            return OnnxTensor.createTensor(environment, bytes, shape, inMemory.get());
        }
        try (OnnxTensor int64 = OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.INT64)) {
            return UnsignedIntegers.cast(environment, int64, type);
        }
    }

    private static long[] shape(List<Tensor> parts) {
        List<Long> first = parts.getFirst().shape();
        long[] shape = new long[first.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = first.get(i);
        }
        for (int i = 1; i < parts.size(); i++) {
            shape[0] += parts.get(i).shape().getFirst();
        }
        return shape;
    }

    private static String[] texts(List<Tensor> parts) {
        if (parts.size() == 1 && parts.getFirst().data() instanceof TensorData.Bytes(String[] values)) {
            return values;
        }
        var all = new ArrayList<String>();
        for (Tensor part : parts) {
            all.addAll(Arrays.asList(((TensorData.Bytes) part.data()).values()));
        }
        return all.toArray(String[]::new);
    }

    /** Copies a tensor of the runtime onto the heap. */
    static Tensor fromNative(String name, OnnxTensor value) throws OrtException {
        List<Long> shape = Arrays.stream(value.getInfo().getShape()).boxed().toList();
        DataType type = type(name, value);
        int size = (int) value.getInfo().getNumElements();
        if (type == DataType.BYTES) {
            return new Tensor(name, shape, new TensorData.Bytes(texts(value)));
        }
        return new Tensor(name, shape, NativeValues.take(bytes(value), 0, type, size));
    }

    static DataType type(String name, OnnxTensor value) {
        return OnnxTypes.of(value.getInfo())
                .orElseThrow(() -> new IllegalArgumentException("output '" + name + "' is "
                        + OnnxTypes.words(value.getInfo()) + ", which no signature can promise"));
    }

    static ByteBuffer bytes(OnnxTensor value) {
        return value.getByteBuffer().order(ByteOrder.nativeOrder());
    }

    static String[] texts(OnnxTensor value) throws OrtException {
        var values = new ArrayList<String>();
        flatten(value.getValue(), values);
        return values.toArray(String[]::new);
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
