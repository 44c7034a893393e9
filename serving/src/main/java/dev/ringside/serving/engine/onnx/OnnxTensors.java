package dev.ringside.serving.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
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
            case TensorData.Fp64(double[] values) ->
                OnnxTensor.createTensor(
                        environment,
                        buffer(memory, (long) Double.BYTES * values.length)
                                .asDoubleBuffer()
                                .put(0, values),
                        shape);
            case TensorData.Fp16(float[] values) -> {
                ShortBuffer halves =
                        buffer(memory, (long) Short.BYTES * values.length).asShortBuffer();
                for (int i = 0; i < values.length; i++) {
                    halves.put(i, Float.floatToFloat16(values[i]));
                }
                yield OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16);
            }
            case TensorData.Int64(long[] values) -> int64(environment, memory, values, shape);
            case TensorData.Whole whole -> whole(environment, memory, whole, shape);
            case TensorData.Bool(boolean[] values) -> {
                ByteBuffer bytes = buffer(memory, values.length);
                for (int i = 0; i < values.length; i++) {
                    bytes.put(i, values[i] ? (byte) 1 : (byte) 0);
                }
                yield OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.BOOL);
            }
            case TensorData.Bytes(String[] values) -> OnnxTensor.createTensor(environment, values, shape);
        };
    }

    private static OnnxTensor int64(OrtEnvironment environment, Arena memory, long[] values, long[] shape)
            throws OrtException {
        return OnnxTensor.createTensor(
                environment,
                buffer(memory, (long) Long.BYTES * values.length).asLongBuffer().put(0, values),
                shape);
    }

    private static OnnxTensor whole(OrtEnvironment environment, Arena memory, TensorData.Whole whole, long[] shape)
            throws OrtException {
        long[] values = whole.values();
        return switch (whole.datatype()) {
            case INT8, UINT8 -> {
                ByteBuffer bytes = buffer(memory, values.length);
                for (int i = 0; i < values.length; i++) {
                    bytes.put(i, (byte) values[i]);
                }
                yield OnnxTensor.createTensor(
                        environment,
                        bytes,
                        shape,
                        whole.datatype() == DataType.INT8 ? OnnxJavaType.INT8 : OnnxJavaType.UINT8);
            }
            case INT16 -> {
                ShortBuffer shorts =
                        buffer(memory, (long) Short.BYTES * values.length).asShortBuffer();
                for (int i = 0; i < values.length; i++) {
                    shorts.put(i, (short) values[i]);
                }
                yield OnnxTensor.createTensor(environment, shorts, shape);
            }
            case INT32 -> {
                IntBuffer ints =
                        buffer(memory, (long) Integer.BYTES * values.length).asIntBuffer();
                for (int i = 0; i < values.length; i++) {
                    ints.put(i, (int) values[i]);
                }
                yield OnnxTensor.createTensor(environment, ints, shape);
            }
            case UINT16, UINT32, UINT64 -> {
                try (OnnxTensor int64 = int64(environment, memory, values, shape)) {
                    yield UnsignedIntegers.cast(environment, int64, whole.datatype());
                }
            }
            case BOOL, INT64, FP16, FP32, FP64, BYTES -> throw new IllegalArgumentException(whole.toString());
        };
    }

    private static ByteBuffer buffer(Arena memory, long bytes) {
        return memory.allocate(bytes, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Copies a tensor of the runtime onto the heap. */
    static Tensor fromNative(String name, OnnxTensor value) throws OrtException {
        List<Long> shape = Arrays.stream(value.getInfo().getShape()).boxed().toList();
        DataType type = OnnxTypes.of(value.getInfo())
                .orElseThrow(() -> new IllegalArgumentException("output '" + name + "' is "
                        + OnnxTypes.words(value.getInfo()) + ", which no signature can promise"));
        int size = (int) value.getInfo().getNumElements();
        TensorData data = switch (type) {
            case FP16 -> {
                ShortBuffer halves = bytes(value).asShortBuffer();
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = Float.float16ToFloat(halves.get(i));
                }
                yield new TensorData.Fp16(values);
            }
            case FP32 -> {
                float[] values = new float[size];
                value.getFloatBuffer().get(values);
                yield new TensorData.Fp32(values);
            }
            case FP64 -> {
                double[] values = new double[size];
                value.getDoubleBuffer().get(values);
                yield new TensorData.Fp64(values);
            }
            case INT64 -> {
                long[] values = new long[size];
                value.getLongBuffer().get(values);
                yield new TensorData.Int64(values);
            }
            case BOOL -> {
                ByteBuffer bytes = bytes(value);
                boolean[] values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = bytes.get(i) != 0;
                }
                yield new TensorData.Bool(values);
            }
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> whole(type, bytes(value), size);
            case BYTES -> {
                var values = new ArrayList<String>();
                flatten(value.getValue(), values);
                yield new TensorData.Bytes(values.toArray(String[]::new));
            }
        };
        return new Tensor(name, shape, data);
    }

    private static ByteBuffer bytes(OnnxTensor value) {
        return value.getByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static TensorData whole(DataType type, ByteBuffer bytes, int size) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case INT8 -> bytes.get(i);
                case UINT8 -> Byte.toUnsignedLong(bytes.get(i));
                case INT16 -> bytes.getShort(Short.BYTES * i);
                case UINT16 -> Short.toUnsignedLong(bytes.getShort(Short.BYTES * i));
                case INT32 -> bytes.getInt(Integer.BYTES * i);
                case UINT32 -> Integer.toUnsignedLong(bytes.getInt(Integer.BYTES * i));
                case UINT64 -> bytes.getLong(Long.BYTES * i);
                case BOOL, INT64, FP16, FP32, FP64, BYTES -> throw new IllegalArgumentException(type.name());
            };
        }
        return new TensorData.Whole(type, values);
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
