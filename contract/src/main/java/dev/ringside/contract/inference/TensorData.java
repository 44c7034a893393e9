package dev.ringside.contract.inference;

import java.util.Arrays;

/** The values of a tensor, row-major. The arrays are not copied: whoever makes one gives it away. */
@SuppressWarnings("ArrayRecordComponent") // hot path: no boxing; equality is by content below
public sealed interface TensorData {
    /** The type of the values. */
    DataType datatype();

    /** How many values. */
    int size();

    /** FP32. */
    record Fp32(float[] values) implements TensorData {
        @Override
        public DataType datatype() {
            return DataType.FP32;
        }

        @Override
        public int size() {
            return values.length;
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
}
