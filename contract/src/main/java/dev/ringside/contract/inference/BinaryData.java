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
public final class BinaryData {
    private BinaryData() {}

    /** Reads a part of a body, as below. */
    static TensorData read(String label, byte[] body, int from, int size, DataType type, long count) {
        return read(label, ByteBuffer.wrap(body, from, size), type, count);
    }

    /**
     * Reads values.
     *
     * @param label what complaints call the tensor
     * @param values all that is left of it
     * @param count how many there must be
     * @throws InferenceFailure {@code MALFORMED} if the bytes are not so many values of the type
     */
    public static TensorData read(String label, ByteBuffer values, DataType type, long count) {
        ByteBuffer bytes = values.slice().order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.remaining();
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
        return take(bytes, type, (int) count);
    }

    /**
     * Copies values that are not texts out of memory.
     *
     * @param bytes the first value is at its index 0; in its own order of bytes
     * @param size how many values
     */
    public static TensorData take(ByteBuffer bytes, DataType type, int size) {
        return switch (type) {
            case BOOL -> {
                boolean[] truths = new boolean[size];
                for (int i = 0; i < size; i++) {
                    truths[i] = bytes.get(i) != 0;
                }
                yield new TensorData.Bool(truths);
            }
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> {
                long[] read = new long[size];
                for (int i = 0; i < size; i++) {
                    read[i] = whole(bytes, i, type);
                }
                yield new TensorData.Whole(type, read);
            }
            case INT64 -> {
                long[] read = new long[size];
                bytes.asLongBuffer().get(read);
                yield new TensorData.Int64(read);
            }
            case FP16 -> {
                float[] read = new float[size];
                for (int i = 0; i < size; i++) {
                    read[i] = Float.float16ToFloat(bytes.getShort(Short.BYTES * i));
                }
                yield new TensorData.Fp16(read);
            }
            case BF16 -> {
                float[] read = new float[size];
                for (int i = 0; i < size; i++) {
                    read[i] = HalfPrecision.ofBf16(bytes.getShort(Short.BYTES * i));
                }
                yield new TensorData.Bf16(read);
            }
            case FP32 -> {
                float[] read = new float[size];
                bytes.asFloatBuffer().get(read);
                yield new TensorData.Fp32(read);
            }
            case FP64 -> {
                double[] read = new double[size];
                bytes.asDoubleBuffer().get(read);
                yield new TensorData.Fp64(read);
            }
            case BYTES -> throw new IllegalArgumentException("texts have no width");
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
            case BOOL, INT64, FP16, BF16, FP32, FP64, BYTES -> throw new AssertionError(type);
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
    public static byte[] write(TensorData data) {
        if (data instanceof TensorData.Bytes(String[] values)) {
            return texts(values);
        }
        byte[] array = new byte[Math.multiplyExact(data.size(), width(data.datatype()))];
        put(ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN), data);
        return array;
    }

    /**
     * Copies values that are not texts into memory.
     *
     * @param room the first value goes to its index 0; in its own order of bytes
     */
    public static void put(ByteBuffer room, TensorData data) {
        switch (data) {
            case TensorData.Fp32(float[] values) -> room.asFloatBuffer().put(0, values);
            case TensorData.Fp64(double[] values) -> room.asDoubleBuffer().put(0, values);
            case TensorData.Int64(long[] values) -> room.asLongBuffer().put(0, values);
            case TensorData.Fp16(float[] values) -> {
                for (int i = 0; i < values.length; i++) {
                    room.putShort(Short.BYTES * i, Float.floatToFloat16(values[i]));
                }
            }
            case TensorData.Bf16(float[] values) -> {
                for (int i = 0; i < values.length; i++) {
                    room.putShort(Short.BYTES * i, HalfPrecision.toBf16(values[i]));
                }
            }
            case TensorData.Bool(boolean[] values) -> {
                for (int i = 0; i < values.length; i++) {
                    room.put(i, values[i] ? (byte) 1 : (byte) 0);
                }
            }
            case TensorData.Whole whole -> putWhole(room, whole.values(), width(whole.datatype()));
            case TensorData.Bytes _ -> throw new IllegalArgumentException("texts have no width");
        }
    }

    private static void putWhole(ByteBuffer room, long[] values, int width) {
        for (int i = 0; i < values.length; i++) {
            switch (width) {
                case Byte.BYTES -> room.put(i, (byte) values[i]);
                case Short.BYTES -> room.putShort(Short.BYTES * i, (short) values[i]);
                case Integer.BYTES -> room.putInt(Integer.BYTES * i, (int) values[i]);
                default -> room.putLong(Long.BYTES * i, values[i]);
            }
        }
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
    public static int width(DataType type) {
        return switch (type) {
            case BOOL, INT8, UINT8 -> Byte.BYTES;
            case INT16, UINT16, FP16, BF16 -> Short.BYTES;
            case INT32, UINT32, FP32 -> Integer.BYTES;
            case INT64, UINT64, FP64 -> Long.BYTES;
            case BYTES -> throw new IllegalArgumentException("texts have no width");
        };
    }

    private static InferenceFailure malformed(String label, String rule) {
        return new InferenceFailure(Cause.MALFORMED, label + ": " + rule);
    }
}
