package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.TensorData;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Values as ONNX Runtime has them in memory, in the machine's order of bytes. Texts have no such form. */
final class NativeValues {
    private NativeValues() {}

    /** The type of a tensor that can be made of memory; nothing if the runtime's Java API has none. */
    static Optional<OnnxJavaType> inMemory(DataType type) {
        return switch (type) {
            case BOOL -> Optional.of(OnnxJavaType.BOOL);
            case INT8 -> Optional.of(OnnxJavaType.INT8);
            case UINT8 -> Optional.of(OnnxJavaType.UINT8);
            case INT16 -> Optional.of(OnnxJavaType.INT16);
            case INT32 -> Optional.of(OnnxJavaType.INT32);
            case INT64 -> Optional.of(OnnxJavaType.INT64);
            case FP16 -> Optional.of(OnnxJavaType.FLOAT16);
            case BF16 -> Optional.of(OnnxJavaType.BFLOAT16);
            case FP32 -> Optional.of(OnnxJavaType.FLOAT);
            case FP64 -> Optional.of(OnnxJavaType.DOUBLE);
            case UINT16, UINT32, UINT64, BYTES -> Optional.empty();
        };
    }

    /**
     * Writes values into memory.
     *
     * @param at the byte that the first goes to
     */
    static void put(ByteBuffer memory, int at, TensorData data) {
        BinaryData.put(memory.slice(at, memory.limit() - at).order(memory.order()), data);
    }

    /**
     * Copies values onto the heap.
     *
     * @param at the byte of the first
     * @param size how many values
     */
    static TensorData take(ByteBuffer memory, int at, DataType type, int size) {
        return BinaryData.take(memory.slice(at, size * BinaryData.width(type)).order(memory.order()), type, size);
    }
}
