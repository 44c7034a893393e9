package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads the values of a tensor, flat or nested to any depth: row-major order is the order in which they stand, so nesting
 * tells nothing that the shape does not.
 *
 * <p>JSON has no number that is not finite, yet a missing feature is a NaN to many models. A floating-point value may therefore
 * be the bare word {@code NaN}, {@code Infinity} or {@code -Infinity}, as Triton and Python write it, or the same as a text.
 */
final class TensorValues {
    private final JsonParser parser;
    private final String label;
    private final int capacity;
    private final long before;
    private final InferenceLimits limits;
    private int depth = 1;
    private int size;

    /**
     * @param parser at the opening bracket
     * @param label what complaints call the tensor
     * @param capacity how many values to make room for at first
     * @param before how many values the tensors before it have
     */
    TensorValues(JsonParser parser, String label, int capacity, long before, InferenceLimits limits) {
        this.before = before;
        this.limits = limits;
        this.parser = parser;
        this.label = label;
        this.capacity = capacity;
    }

    TensorData.Fp16 fp16() throws IOException {
        return new TensorData.Fp16(halves(DataType.FP16, HalfPrecision::nearestFp16));
    }

    TensorData.Bf16 bf16() throws IOException {
        return new TensorData.Bf16(halves(DataType.BF16, HalfPrecision::nearestBf16));
    }

    private float[] halves(DataType type, DoubleToFloat nearest) throws IOException {
        float[] values = new float[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            double given = fp64Value(type);
            values[size] = nearest.of(given);
            if (Float.isInfinite(values[size]) && Double.isFinite(given)) {
                throw outOfRange(type);
            }
            size++;
        }
        return size == values.length ? values : Arrays.copyOf(values, size);
    }

    @FunctionalInterface
    private interface DoubleToFloat {
        float of(double value);
    }

    TensorData.Fp32 fp32() throws IOException {
        float[] values = new float[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            values[size] = fp32Value();
            size++;
        }
        return new TensorData.Fp32(size == values.length ? values : Arrays.copyOf(values, size));
    }

    TensorData.Fp64 fp64() throws IOException {
        double[] values = new double[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            values[size] = fp64Value(DataType.FP64);
            size++;
        }
        return new TensorData.Fp64(size == values.length ? values : Arrays.copyOf(values, size));
    }

    TensorData.Bool bool() throws IOException {
        boolean[] values = new boolean[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            values[size] = boolValue();
            size++;
        }
        return new TensorData.Bool(size == values.length ? values : Arrays.copyOf(values, size));
    }

    TensorData.Whole whole(DataType type) throws IOException {
        long[] values = new long[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            values[size] = wholeValue(type);
            size++;
        }
        return new TensorData.Whole(type, size == values.length ? values : Arrays.copyOf(values, size));
    }

    TensorData.Int64 int64() throws IOException {
        long[] values = new long[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw unexpected("a whole number of 64 bits (INT64)");
            }
            values[size++] = parser.getLongValue();
        }
        return new TensorData.Int64(size == values.length ? values : Arrays.copyOf(values, size));
    }

    TensorData.Bytes bytes() throws IOException {
        String[] values = new String[capacity];
        while (next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, grown());
            }
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw unexpected("a text (BYTES)");
            }
            String text = parser.getText();
            if (!Found.isUnicode(text)) {
                throw unexpected("a text of Unicode characters (BYTES)");
            }
            values[size++] = text;
        }
        return new TensorData.Bytes(size == values.length ? values : Arrays.copyOf(values, size));
    }

    private boolean next() throws IOException {
        while (true) {
            switch (parser.nextToken()) {
                case START_ARRAY -> {
                    if (++depth > limits.dimensions()) {
                        throw limits.tooManyDimensions(label + ": 'data'");
                    }
                }
                case END_ARRAY -> {
                    if (--depth == 0) {
                        return false;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private boolean boolValue() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                switch (parser.getText()) {
                    case "0" -> false;
                    case "1" -> true;
                    default -> throw unexpected("true or false (BOOL)");
                };
            default -> throw unexpected("true or false (BOOL)");
        };
    }

    private long wholeValue(DataType type) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw unexpected("a whole number (" + type + ")");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger value = parser.getBigIntegerValue();
            if (type != DataType.UINT64 || value.signum() < 0 || value.bitLength() > Long.SIZE) {
                throw outside(type);
            }
            return value.longValue();
        }
        long value = parser.getLongValue();
        if (value < least(type) || value > greatest(type)) {
            throw outside(type);
        }
        return value;
    }

    private static long least(DataType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case UINT8, UINT16, UINT32, UINT64 -> 0;
            case BOOL, INT64, FP16, BF16, FP32, FP64, BYTES -> throw new IllegalArgumentException(type.name());
        };
    }

    /** For UINT64 the greatest that is within 63 bits: greater ones are read as big integers. */
    private static long greatest(DataType type) {
        return switch (type) {
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case UINT8 -> 0xFF;
            case UINT16 -> 0xFFFF;
            case UINT32 -> 0xFFFF_FFFFL;
            case UINT64 -> Long.MAX_VALUE;
            case BOOL, INT64, FP16, BF16, FP32, FP64, BYTES -> throw new IllegalArgumentException(type.name());
        };
    }

    private InferenceFailure outside(DataType type) throws IOException {
        String greatest = type == DataType.UINT64 ? Long.toUnsignedString(-1) : Long.toString(greatest(type));
        return unexpected("a whole number from " + least(type) + " to " + greatest + " (" + type + ")");
    }

    private InferenceFailure outOfRange(DataType type) throws IOException {
        return unexpected("a number within the range of " + type);
    }

    private double fp64Value(DataType type) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = parser.getDoubleValue();
                if (Double.isInfinite(value) && parser.getText().indexOf('I') < 0) {
                    throw outOfRange(type);
                }
                yield value;
            }
            case VALUE_STRING ->
                switch (parser.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw unexpected("a number (" + type + ")");
                };
            default -> throw unexpected("a number (" + type + ")");
        };
    }

    private float fp32Value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                float value = parser.getFloatValue();
                if (Float.isInfinite(value) && parser.getText().indexOf('I') < 0) {
                    throw outOfRange(DataType.FP32);
                }
                yield value;
            }
            case VALUE_STRING ->
                switch (parser.getText()) {
                    case "NaN" -> Float.NaN;
                    case "Infinity" -> Float.POSITIVE_INFINITY;
                    case "-Infinity" -> Float.NEGATIVE_INFINITY;
                    default -> throw unexpected("a number (FP32)");
                };
            default -> throw unexpected("a number (FP32)");
        };
    }

    private int grown() {
        if (before + size >= limits.elements()) {
            throw limits.tooManyElements(label);
        }
        return Math.max(16, 2 * size);
    }

    private InferenceFailure unexpected(String expected) throws IOException {
        return new InferenceFailure(
                Cause.MALFORMED,
                label + ": 'data' value " + size + ": expected " + expected + ", found " + Found.at(parser));
    }
}
