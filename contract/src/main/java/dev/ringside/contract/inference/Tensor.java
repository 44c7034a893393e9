package dev.ringside.contract.inference;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;

/**
 * A named tensor with its values in row-major order. In JSON it is as the Open Inference Protocol writes it.
 *
 * @param name the tensor's name
 * @param shape its dimensions, each 0 or more; their product is the number of values
 * @param data the values
 */
@JsonSerialize(using = TensorJson.Writer.class)
@JsonDeserialize(using = TensorJson.Reader.class)
public record Tensor(String name, List<Long> shape, TensorData data) {
    /** Copies the shape and checks that the number of values is its product. */
    public Tensor {
        shape = List.copyOf(shape);
        long expected = 1;
        for (long n : shape) {
            if (n < 0) {
                throw new IllegalArgumentException("tensor '" + name + "' has shape " + shape + ": negative");
            }
            expected = Math.multiplyExact(expected, n);
        }
        if (expected != data.size()) {
            throw new IllegalArgumentException("tensor '" + name + "' has shape " + shape + ", expected " + expected
                    + " values, found " + data.size());
        }
    }

    /** The type of the values. */
    public DataType datatype() {
        return data.datatype();
    }

    /** One FP32 value a row: shape [n, 1]. */
    public static Tensor column(String name, float... values) {
        return new Tensor(name, List.of((long) values.length, 1L), new TensorData.Fp32(values));
    }

    /** One INT64 value a row: shape [n, 1]. */
    public static Tensor column(String name, long... values) {
        return new Tensor(name, List.of((long) values.length, 1L), new TensorData.Int64(values));
    }

    /** One BYTES value a row: shape [n, 1]. */
    public static Tensor column(String name, String... values) {
        return new Tensor(name, List.of((long) values.length, 1L), new TensorData.Bytes(values));
    }
}
