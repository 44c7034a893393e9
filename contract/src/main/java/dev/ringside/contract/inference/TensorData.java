package dev.ringside.contract.inference;

import java.util.Arrays;
import java.util.Objects;

/** The values of a tensor, row-major. The arrays are not copied: whoever makes one gives it away. */
@SuppressWarnings("ArrayRecordComponent") // hot path: no boxing; equality is by content below
public sealed interface TensorData {
    /** The type of the values. */
    DataType datatype();

    /** How many values. */
    int size();

    /** How much memory the values take, in bytes, about. */
    long bytes();

    /** A value in words, such as {@code 0.5}, {@code true} or {@code "AS"}. */
    String text(int index);

    /** The place of the first value that is no finite number; −1 if there is none. */
    default int firstNotFinite() {
        return -1;
    }

    /** Values that are each held in the float that they equal. */
    sealed interface Floats extends TensorData {
        /** The values. */
        float[] values();

        @Override
        default int size() {
            return values().length;
        }

        @Override
        default long bytes() {
            return (long) Float.BYTES * values().length;
        }

        @Override
        default String text(int index) {
            return Float.toString(values()[index]);
        }

        @Override
        default int firstNotFinite() {
            float[] values = values();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** FP16. */
    record Fp16(float[] values) implements Floats {
        @Override
        public DataType datatype() {
            return DataType.FP16;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Fp16 other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** BF16. */
    record Bf16(float[] values) implements Floats {
        @Override
        public DataType datatype() {
            return DataType.BF16;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bf16 other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** FP32. */
    record Fp32(float[] values) implements Floats {
        @Override
        public DataType datatype() {
            return DataType.FP32;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Fp32 other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** FP64. */
    record Fp64(double[] values) implements TensorData {
        @Override
        public DataType datatype() {
            return DataType.FP64;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public long bytes() {
            return (long) Double.BYTES * values.length;
        }

        @Override
        public String text(int index) {
            return Double.toString(values[index]);
        }

        @Override
        public int firstNotFinite() {
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Fp64 other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** INT64. */
    record Int64(long[] values) implements TensorData {
        @Override
        public DataType datatype() {
            return DataType.INT64;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public long bytes() {
            return (long) Long.BYTES * values.length;
        }

        @Override
        public String text(int index) {
            return Long.toString(values[index]);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Int64 other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /**
     * Integers of another width than INT64, or unsigned ones.
     *
     * @param datatype INT8, INT16, INT32, UINT8, UINT16, UINT32 or UINT64
     * @param values within the type's range; those of UINT64 by their 64 bits, so that from 2⁶³ on they are negative here
     */
    record Whole(DataType datatype, long[] values) implements TensorData {
        /** Checks that it is one of these types. */
        public Whole {
            switch (datatype) {
                case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> {}
                case BOOL, INT64, FP16, BF16, FP32, FP64, BYTES ->
                    throw new IllegalArgumentException(datatype + " has values of its own");
            }
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public long bytes() {
            return (long) Long.BYTES * values.length;
        }

        @Override
        public String text(int index) {
            return datatype == DataType.UINT64 ? Long.toUnsignedString(values[index]) : Long.toString(values[index]);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Whole other && datatype == other.datatype && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Objects.hash(datatype, Arrays.hashCode(values));
        }

        @Override
        public String toString() {
            return datatype + Arrays.toString(values);
        }
    }

    /** BOOL. */
    record Bool(boolean[] values) implements TensorData {
        @Override
        public DataType datatype() {
            return DataType.BOOL;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public long bytes() {
            return values.length;
        }

        @Override
        public String text(int index) {
            return Boolean.toString(values[index]);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bool other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** BYTES. */
    record Bytes(String[] values) implements TensorData {
        @Override
        public DataType datatype() {
            return DataType.BYTES;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public long bytes() {
            long bytes = 0;
            for (String value : values) {
                bytes += 40L + 2L * value.length();
            }
            return bytes;
        }

        @Override
        public String text(int index) {
            return '"' + values[index] + '"';
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Bytes other && Arrays.equals(values, other.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** Zeros, false and empty texts. */
    static TensorData zeros(DataType type, int size) {
        return switch (type) {
            case BOOL -> new Bool(new boolean[size]);
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> new Whole(type, new long[size]);
            case INT64 -> new Int64(new long[size]);
            case FP16 -> new Fp16(new float[size]);
            case BF16 -> new Bf16(new float[size]);
            case FP32 -> new Fp32(new float[size]);
            case FP64 -> new Fp64(new double[size]);
            case BYTES -> {
                String[] texts = new String[size];
                Arrays.fill(texts, "");
                yield new Bytes(texts);
            }
        };
    }
}
