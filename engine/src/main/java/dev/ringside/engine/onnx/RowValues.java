package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An output of a run over several requests, to be shared out by rows.
 *
 * @param name the output
 * @param type of its values
 * @param shape all of it; the first dimension is the rows
 * @param bytes its values in memory; empty for texts
 * @param texts its values if they are texts, else null
 */
@SuppressWarnings("ArrayRecordComponent") // lives for a moment, and is never compared
record RowValues(String name, DataType type, long[] shape, ByteBuffer bytes, String @Nullable [] texts) {
    static RowValues of(String name, OnnxTensor value) throws OrtException {
        DataType type = OnnxTensors.type(name, value);
        long[] shape = value.getInfo().getShape();
        return type == DataType.BYTES
                ? new RowValues(name, type, shape, ByteBuffer.allocate(0), OnnxTensors.texts(value))
                : new RowValues(name, type, shape, OnnxTensors.bytes(value), null);
    }

    /** Copies some rows of it. */
    Tensor rows(long from, int count) {
        var part = new ArrayList<Long>(shape.length);
        part.add((long) count);
        int inRow = 1;
        for (int i = 1; i < shape.length; i++) {
            part.add(shape[i]);
            inRow = Math.toIntExact(inRow * shape[i]);
        }
        int first = Math.toIntExact(from * inRow);
        int size = count * inRow;
        TensorData data = texts == null
                ? NativeValues.take(bytes, first * BinaryData.width(type), type, size)
                : new TensorData.Bytes(Arrays.copyOfRange(texts, first, first + size));
        return new Tensor(name, List.copyOf(part), data);
    }
}
