package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Values as raw bytes, as the protocol's binary tensor extension writes them: row-major, least significant byte first; a
 * truth value is a byte, a text its length as 4 bytes and then its UTF-8.
 */
final class BinaryData {
    private BinaryData() {}

    /**
     * Reads values.
     *
     * @param label what complaints call the tensor
     * @param count how many there must be
     */
    static TensorData read(String label, byte[] body, int from, int size, DataType type, long count) {
        ByteBuffer bytes = ByteBuffer.wrap(body, from, size).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (type == DataType.BYTES) {
            return texts(label, bytes, count);
        }
        // A count that no array holds is none that these bytes have.
        if (count > size || count * width(type) != size) {
            throw malformed(
                    label,
                    "has " + size + " bytes of binary data, expected " + width(type) + " for each of the " + count
                            + " values that its shape says");
        }
        int n = (int) count;
        return switch (type) {
            case BOOL -> {
                boolean[] values = new boolean[n];
                for (int i = 0; i < n; i++) {
                    values[i] = bytes.get(i) != 0;
                }
                yield new TensorData.Bool(values);
            }
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> {
                long[] values = new long[n];
                for (int i = 0; i < n; i++) {
                    values[i] = whole(bytes, i, type);
                }
                yield new TensorData.Whole(type, values);
            }
            case INT64 -> {
                long[] values = new long[n];
                bytes.asLongBuffer().get(values);
                yield new TensorData.Int64(values);
            }
            case FP16 -> {
                float[] values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort(Short.BYTES * i));
                }
                yield new TensorData.Fp16(values);
            }
            case FP32 -> {
                float[] values = new float[n];
                bytes.asFloatBuffer().get(values);
                yield new TensorData.Fp32(values);
            }
            case FP64 -> {
                double[] values = new double[n];
                bytes.asDoubleBuffer().get(values);
                yield new TensorData.Fp64(values);
            }
            case BYTES -> throw new AssertionError(type);
        };
    }

    private static long whole(ByteBuffer bytes, int i, DataType type) {
        return switch (type) {
            case INT8 -> bytes.get(i);
            case UINT8 -> Byte.toUnsignedLong(bytes.get(i));
            case INT16 -> bytes.getShort(Short.BYTES * i);
            case UINT16 -> Short.toUnsignedLong(bytes.getShort(Short.BYTES * i));
            case INT32 -> bytes.getInt(Integer.BYTES * i);
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(Integer.BYTES * i));
            case UINT64 -> bytes.getLong(Long.BYTES * i);
            case BOOL, INT64, FP16, FP32, FP64, BYTES -> throw new AssertionError(type);
        };
    }

    private static TensorData texts(String label, ByteBuffer bytes, long count) {
        if (count > bytes.remaining() / Integer.BYTES) {
            throw malformed(
                    label,
                    "has " + bytes.remaining() + " bytes of binary data, expected at least 4 for each of the " + count
                            + " texts that its shape says");
        }
        String[] values = new String[(int) count];
        for (int i = 0; i < values.length; i++) {
            long length = bytes.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(bytes.getInt());
            if (length < 0 || length > bytes.remaining()) {
                throw malformed(
                        label,
                        "text " + i + (length < 0 ? " has no length" : " has the length " + length) + ", and "
                                + bytes.remaining() + " bytes are left of its binary data");
            }
            ByteBuffer text = bytes.slice(bytes.position(), (int) length);
            bytes.position(bytes.position() + (int) length);
            try {
                values[i] = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
            } catch (CharacterCodingException e) {
                throw new InferenceFailure(
                        Cause.MALFORMED, label + ": text " + i + " is no UTF-8: BYTES are texts here", e);
            }
        }
        if (bytes.hasRemaining()) {
            throw malformed(
                    label,
                    "has " + bytes.remaining() + " bytes of binary data after the last of its " + count + " texts");
        }
        return new TensorData.Bytes(values);
    }

    /** The values as bytes. */
    static byte[] write(TensorData data) {
        if (data instanceof TensorData.Bytes(String[] values)) {
            return texts(values);
        }
        byte[] array = new byte[Math.multiplyExact(data.size(), width(data.datatype()))];
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        switch (data) {
            case TensorData.Bool(boolean[] values) -> {
                for (int i = 0; i < values.length; i++) {
                    array[i] = (byte) (values[i] ? 1 : 0);
                }
            }
            case TensorData.Fp16(float[] values) -> {
                for (float value : values) {
                    bytes.putShort(Float.floatToFloat16(value));
                }
            }
            case TensorData.Fp32(float[] values) -> bytes.asFloatBuffer().put(values);
            case TensorData.Fp64(double[] values) -> bytes.asDoubleBuffer().put(values);
            case TensorData.Int64(long[] values) -> bytes.asLongBuffer().put(values);
            case TensorData.Whole(DataType type, long[] values) -> {
                for (long value : values) {
                    switch (width(type)) {
                        case Byte.BYTES -> bytes.put((byte) value);
                        case Short.BYTES -> bytes.putShort((short) value);
                        case Integer.BYTES -> bytes.putInt((int) value);
                        default -> bytes.putLong(value);
                    }
                }
            }
            case TensorData.Bytes _ -> throw new AssertionError();
        }
        return array;
    }

    private static byte[] texts(String[] values) {
        byte[][] texts = new byte[values.length][];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            texts[i] = values[i].getBytes(StandardCharsets.UTF_8);
            size = Math.addExact(size, Math.addExact(Integer.BYTES, texts[i].length));
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] text : texts) {
            bytes.putInt(text.length).put(text);
        }
        return bytes.array();
    }

    /** How many bytes a value of that type takes; a text's vary. */
    static int width(DataType type) {
        return switch (type) {
            case BOOL, INT8, UINT8 -> Byte.BYTES;
            case INT16, UINT16, FP16 -> Short.BYTES;
            case INT32, UINT32, FP32 -> Integer.BYTES;
            case INT64, UINT64, FP64 -> Long.BYTES;
            case BYTES -> throw new IllegalArgumentException("texts have no width");
        };
    }

    private static InferenceFailure malformed(String label, String rule) {
        return new InferenceFailure(Cause.MALFORMED, label + ": " + rule);
    }
}
