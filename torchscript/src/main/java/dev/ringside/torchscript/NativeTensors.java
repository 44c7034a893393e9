package dev.ringside.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.ringside.contract.torchscript.RawTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Tensors across the border to libtorch. Linux on x86-64 has values in memory as they travel. */
final class NativeTensors {
    private NativeTensors() {}

    /** Gives libtorch a tensor; the manager frees it. */
    static NDArray toNative(NDManager memory, RawTensor tensor) {
        ByteBuffer values = ByteBuffer.allocateDirect(tensor.values().length).order(ByteOrder.nativeOrder());
        values.put(tensor.values()).flip();
        var shape = new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
        NDArray array = memory.create(values, shape, type(tensor.datatype()));
        array.setName(tensor.name());
        return array;
    }

    private static DataType type(dev.ringside.contract.inference.DataType type) {
        return switch (type) {
            case BOOL -> DataType.BOOLEAN;
            case INT8 -> DataType.INT8;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case UINT8 -> DataType.UINT8;
            case FP16 -> DataType.FLOAT16;
            case FP32 -> DataType.FLOAT32;
            case FP64 -> DataType.FLOAT64;
            case INT16, BF16, UINT16, UINT32, UINT64, BYTES ->
                throw new IllegalArgumentException("a signature has no " + type + ", it was checked");
        };
    }

    /** Copies a tensor of libtorch onto the heap. */
    static RawTensor fromNative(String name, NDArray array) throws ModelRefused {
        dev.ringside.contract.inference.DataType type = type(name, array);
        ByteBuffer values = array.toByteBuffer();
        byte[] bytes = new byte[values.remaining()];
        values.get(bytes);
        return new RawTensor(
                name, type, Arrays.stream(array.getShape().getShape()).boxed().toList(), bytes);
    }

    private static dev.ringside.contract.inference.DataType type(String name, NDArray array) throws ModelRefused {
        return switch (array.getDataType()) {
            case BOOLEAN -> dev.ringside.contract.inference.DataType.BOOL;
            case INT8 -> dev.ringside.contract.inference.DataType.INT8;
            case INT32 -> dev.ringside.contract.inference.DataType.INT32;
            case INT64 -> dev.ringside.contract.inference.DataType.INT64;
            case UINT8 -> dev.ringside.contract.inference.DataType.UINT8;
            case FLOAT16 -> dev.ringside.contract.inference.DataType.FP16;
            case FLOAT32 -> dev.ringside.contract.inference.DataType.FP32;
            case FLOAT64 -> dev.ringside.contract.inference.DataType.FP64;
            default ->
                throw new ModelRefused("output '" + name + "' is of a type that DJL does not know, such as int16 or"
                        + " bfloat16: convert it within forward");
        };
    }
}
