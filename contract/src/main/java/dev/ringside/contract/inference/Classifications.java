package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which outputs a client wants as their greatest classes: the protocol's extension {@value #PARAMETER}. In place of such an
 * output's numbers come BYTES {@code value:index}, the greatest first, of equal ones that with the lower index: so many a
 * row, [rows, count], and of an output with one dimension, which has no rows, [count].
 *
 * @param counts how many classes, by the output's name
 */
public record Classifications(Map<String, Integer> counts) {
    /** An output's parameter that says how many classes are wanted of it. */
    public static final String PARAMETER = "classification";

    /** None. */
    public static final Classifications NONE = new Classifications(Map.of());

    private static final int DECIMALS = 6;

    /** Copies the map and checks that every count is 1 or more. */
    public Classifications {
        counts = Map.copyOf(counts);
        counts.forEach((output, count) -> {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "output '" + output + "': " + count + " classes, expected 1 or more");
            }
        });
    }

    /**
     * A response with these outputs as classes, and the others as they are.
     *
     * @throws InferenceFailure {@code MALFORMED} if such an output is no number
     */
    public InferenceResponse of(InferenceResponse response) {
        if (counts.isEmpty()) {
            return response;
        }
        var outputs = new ArrayList<Tensor>(response.outputs().size());
        for (Tensor output : response.outputs()) {
            Integer count = counts.get(output.name());
            outputs.add(count == null ? output : classes(response, output, count));
        }
        return new InferenceResponse(
                response.modelName(), response.modelVersion(), response.id(), response.parameters(), outputs);
    }

    private static Tensor classes(InferenceResponse response, Tensor output, int count) {
        TensorData data = output.data();
        Comparator<Integer> greatestFirst = order(data);
        if (greatestFirst == null) {
            throw new InferenceFailure(
                    Cause.MALFORMED,
                    "model '" + response.modelName() + "' version '" + response.modelVersion() + "': output '"
                            + output.name() + "' is " + output.datatype() + ", expected numbers for parameter '"
                            + PARAMETER + "': ask for it without");
        }
        List<Long> shape = output.shape();
        int rows = shape.size() < 2 ? 1 : Math.toIntExact(shape.getFirst());
        int size = rows == 0 ? 0 : data.size() / rows;
        int taken = Math.min(count, size);
        String[] classes = new String[rows * taken];
        for (int row = 0; row < rows; row++) {
            int first = row * size;
            int next = (row + 1) * taken;
            // Its head is the least of those kept, so that what follows can take its place; it comes out from least to
            // greatest.
            var kept = new PriorityQueue<Integer>(taken + 1, greatestFirst.reversed());
            for (int i = first; i < first + size; i++) {
                kept.add(i);
                if (kept.size() > taken) {
                    kept.remove();
                }
            }
            while (!kept.isEmpty()) {
                int i = kept.remove();
                classes[--next] = value(data, i) + ":" + (i - first);
            }
        }
        return new Tensor(
                output.name(),
                shape.size() < 2 ? List.of((long) taken) : List.of((long) rows, (long) taken),
                new TensorData.Bytes(classes));
    }

    /** Places of values, greater values first; null if they have no order. */
    private static @Nullable Comparator<Integer> order(TensorData data) {
        Comparator<Integer> rising = switch (data) {
            case TensorData.Floats floats -> (a, b) -> Float.compare(floats.values()[a], floats.values()[b]);
            case TensorData.Fp64(double[] values) -> (a, b) -> Double.compare(values[a], values[b]);
            case TensorData.Int64(long[] values) -> (a, b) -> Long.compare(values[a], values[b]);
            case TensorData.Whole(DataType type, long[] values) ->
                type == DataType.UINT64
                        ? (a, b) -> Long.compareUnsigned(values[a], values[b])
                        : (a, b) -> Long.compare(values[a], values[b]);
            case TensorData.Bool _, TensorData.Bytes _ -> null;
        };
        return rising == null ? null : rising.reversed().thenComparing(Comparator.naturalOrder());
    }

    /** A number as Triton writes it: whole ones as they are, others with six decimals. */
    private static String value(TensorData data, int i) {
        return switch (data) {
            case TensorData.Floats floats -> decimals(floats.values()[i]);
            case TensorData.Fp64(double[] values) -> decimals(values[i]);
            case TensorData.Int64 _, TensorData.Whole _, TensorData.Bool _, TensorData.Bytes _ -> data.text(i);
        };
    }

    private static String decimals(double value) {
        String digits = new BigDecimal(value)
                .abs()
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .toPlainString();
        return Double.compare(value, 0.0) < 0 ? "-" + digits : digits;
    }
}
