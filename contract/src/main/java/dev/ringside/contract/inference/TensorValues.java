package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the values of a tensor, flat or nested to any depth: row-major order is the order in which they stand, so nesting
 * tells nothing that the shape does not.
 *
 * <p>JSON has no number that is not finite, yet a missing feature is a NaN to many models. An FP32 value may therefore be
 * the bare word {@code NaN}, {@code Infinity} or {@code -Infinity}, as Triton and Python write it, or the same as a text.
 */
final class TensorValues {
    private final JsonParser parser;
    private final String label;
    private final int capacity;
    private int depth = 1;
    private int size;

    /**
     * @param parser at the opening bracket
     * @param label what complaints call the tensor
     * @param capacity how many values to make room for at first
     */
    TensorValues(JsonParser parser, String label, int capacity) {
        this.parser = parser;
        this.label = label;
        this.capacity = capacity;
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
            values[size++] = parser.getText();
        }
        return new TensorData.Bytes(size == values.length ? values : Arrays.copyOf(values, size));
    }

    private boolean next() throws IOException {
        while (true) {
            switch (parser.nextToken()) {
                case START_ARRAY -> depth++;
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

    private float fp32Value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                float value = parser.getFloatValue();
                if (Float.isInfinite(value) && parser.getText().indexOf('I') < 0) {
                    throw unexpected("a number within the range of FP32");
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
        return Math.max(16, 2 * size);
    }

    private InferenceFailure unexpected(String expected) throws IOException {
        return new InferenceFailure(
                Cause.MALFORMED,
                label + ": 'data' value " + size + ": expected " + expected + ", found " + Found.at(parser));
    }
}
