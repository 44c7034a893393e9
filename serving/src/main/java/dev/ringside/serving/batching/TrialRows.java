package dev.ringside.serving.batching;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.HalfPrecision;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows to try a model with, all different where the type allows it, and the same each time. */
final class TrialRows {
    private static final long SEED = 20_260_105;
    private static final int TEXTS = 26;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final double magnitude;

    /** @param magnitude the greatest number of the types that are not whole; whole ones are 0 or 1, as they may be places */
    TrialRows(double magnitude) {
        this.magnitude = magnitude;
    }

    /** Inputs of a request; dimensions after the first that vary get 1. */
    List<Tensor> of(List<TensorSpec> specs, int rows) {
        var inputs = new ArrayList<Tensor>(specs.size());
        for (TensorSpec spec : specs) {
            var shape = new ArrayList<Long>(spec.shape());
            int size = 1;
            for (int i = 0; i < shape.size(); i++) {
                long n = i == 0 ? rows : Math.abs(shape.get(i));
                shape.set(i, n);
                size = Math.multiplyExact(size, Math.toIntExact(n));
            }
            inputs.add(new Tensor(spec.name(), shape, values(spec.datatype(), size)));
        }
        return inputs;
    }

    private TensorData values(DataType type, int size) {
        return switch (type) {
            case FP32 -> new TensorData.Fp32(floats(size));
            case FP16 -> {
                float[] values = floats(size);
                for (int i = 0; i < size; i++) {
                    values[i] = HalfPrecision.nearestFp16(values[i]);
                }
                yield new TensorData.Fp16(values);
            }
            case BF16 -> {
                float[] values = floats(size);
                for (int i = 0; i < size; i++) {
                    values[i] = HalfPrecision.nearestBf16(values[i]);
                }
                yield new TensorData.Bf16(values);
            }
            case FP64 -> {
                double[] values = new double[size];
                for (int i = 0; i < size; i++) {
                    values[i] = number();
                }
                yield new TensorData.Fp64(values);
            }
            case INT64 -> new TensorData.Int64(places(size));
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> new TensorData.Whole(type, places(size));
            case BOOL -> {
                boolean[] values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.nextBoolean();
                }
                yield new TensorData.Bool(values);
            }
            case BYTES -> {
                String[] values = new String[size];
                for (int i = 0; i < size; i++) {
                    values[i] = String.valueOf((char) ('a' + random.nextInt(TEXTS)));
                }
                yield new TensorData.Bytes(values);
            }
        };
    }

    private double number() {
        return magnitude * (2 * random.nextDouble() - 1);
    }

    private float[] floats(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) number();
        }
        return values;
    }

    private long[] places(int size) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(2);
        }
        return values;
    }
}
