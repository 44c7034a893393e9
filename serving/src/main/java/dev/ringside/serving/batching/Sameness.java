package dev.ringside.serving.batching;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an output is the same for requests that were run alone and together, but for rounding.
 *
 * <p>Kernels add up in another order where there are more rows. Two orders of a sum of n terms differ by at most about
 * 2·n·u·Σ|terms| with the unit of rounding u (Higham, Accuracy and Stability of Numerical Algorithms, 2002, eq. 3.7), and
 * by about √n·u·Σ|terms| for errors that are not all of one sign. So numbers may differ by 2⁻¹⁴ of the greatest number
 * that the output has in the trial: for FP32, u = 2⁻²⁴, that is the first bound with n = 512, and the second with n far
 * beyond any layer. FP64 has the same bound, as a graph may compute in FP32 and cast; the types of 16 bits have eight of
 * their own last places, 2⁻⁷ and 2⁻⁴. What depends on the batch differs by the size of the numbers themselves. Whole
 * numbers, truth values and texts must be equal.
 */
final class Sameness {
    /** Below every distance. */
    private static final double BIT_FOR_BIT = -1;

    private Sameness() {}

    /**
     * How the answers differ; null if they do not.
     *
     * @param alone the output of each request, run by itself
     * @param together the same of a run of all
     * @param mayRound whether rounding is no difference; else each must be the same bit for bit
     */
    static @Nullable String difference(List<Tensor> alone, List<Tensor> together, boolean mayRound) {
        double allowed = mayRound ? tolerance(alone.getFirst().datatype()) * greatest(alone) : BIT_FOR_BIT;
        for (int request = 0; request < alone.size(); request++) {
            Tensor a = alone.get(request);
            Tensor b = together.get(request);
            if (!a.shape().equals(b.shape())) {
                return "output '" + a.name() + "' has shape " + a.shape() + " for a request alone, and " + b.shape()
                        + " beside others";
            }
            for (int i = 0; i < a.data().size(); i++) {
                if (!agree(a.data(), b.data(), i, allowed)) {
                    return "output '" + a.name() + "' is "
                            + a.data().text(i) + " for a request alone, and "
                            + b.data().text(i) + " beside others";
                }
            }
        }
        return null;
    }

    private static double tolerance(DataType type) {
        return switch (type) {
            case FP32, FP64 -> 0x1p-14;
            case FP16 -> 0x1p-7;
            case BF16 -> 0x1p-4;
            case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BYTES -> 0;
        };
    }

    private static double greatest(List<Tensor> outputs) {
        return outputs.stream()
                .map(Tensor::data)
                .flatMapToDouble(data -> IntStream.range(0, data.size()).mapToDouble(i -> Math.abs(number(data, i))))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static double number(TensorData data, int i) {
        return switch (data) {
            case TensorData.Floats floats -> floats.values()[i];
            case TensorData.Fp64(double[] values) -> values[i];
            case TensorData.Int64 _, TensorData.Whole _, TensorData.Bool _, TensorData.Bytes _ -> 0;
        };
    }

    private static boolean agree(TensorData a, TensorData b, int i, double allowed) {
        return switch (a) {
            case TensorData.Floats _, TensorData.Fp64 _ ->
                Double.compare(number(a, i), number(b, i)) == 0 || Math.abs(number(a, i) - number(b, i)) <= allowed;
            case TensorData.Int64(long[] values) -> values[i] == ((TensorData.Int64) b).values()[i];
            case TensorData.Whole whole -> whole.values()[i] == ((TensorData.Whole) b).values()[i];
            case TensorData.Bool(boolean[] values) -> values[i] == ((TensorData.Bool) b).values()[i];
            case TensorData.Bytes(String[] values) -> values[i].equals(((TensorData.Bytes) b).values()[i]);
        };
    }
}
