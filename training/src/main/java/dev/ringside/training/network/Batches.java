package dev.ringside.training.network;

import dev.ringside.training.learning.Examples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Examples as tensors, from which batches are taken. They belong to the {@code PointerScope} in which they were made. */
final class Batches {
    private final List<Tensor> inputs;
    private final Tensor targets;
    private final Tensor weights;
    private final boolean alike;
    private final int size;
    private final @Nullable PointerScope scope = PointerScope.getInnerScope();
    private final Map<Integer, List<Tensor>> together = new HashMap<>();

    /**
     * Some rows.
     *
     * @param inputs a tensor for each group of the network's inputs
     * @param targets what is to be predicted in the goals' units, [rows], or of several goals [rows, goals]
     * @param weights how much each counts, of the same shape; 0 where a row has no label
     */
    record Batch(List<Tensor> inputs, Tensor targets, Tensor weights) {
        /** The same rows on a device. */
        Batch on(Device device) {
            return new Batch(
                    inputs.stream()
                            .map(input -> input.to(device, input.scalar_type()))
                            .toList(),
                    targets.to(device, targets.scalar_type()),
                    weights.to(device, weights.scalar_type()));
        }

        /** How many bytes they take. */
        long bytes() {
            return inputs.stream().mapToLong(Tensor::nbytes).sum() + targets.nbytes() + weights.nbytes();
        }
    }

    Batches(Network network, Examples examples, List<Goal> goals) {
        size = examples.size();
        inputs = network.inputs().tensors(examples.features());
        int count = goals.size();
        float[] wanted = new float[Math.multiplyExact(size, count)];
        float[] counted = new float[wanted.length];
        for (Goal goal : goals) {
            double[] labels = goal.labels(examples);
            for (int row = 0; row < size; row++) {
                boolean missing = Double.isNaN(labels[row]);
                wanted[row * count + goal.place()] =
                        missing ? 0 : (float) goal.unit().of(labels[row]);
                counted[row * count + goal.place()] = missing ? 0 : (float) examples.weight(row);
            }
        }
        alike = IntStream.range(1, counted.length).allMatch(i -> counted[i] == counted[0]);
        targets = count == 1 ? Parameters.tensor(wanted, size) : Parameters.tensor(wanted, size, count);
        weights = count == 1 ? Parameters.tensor(counted, size) : Parameters.tensor(counted, size, count);
    }

    int size() {
        return size;
    }

    /** The rows at some places. */
    Batch at(Tensor places) {
        return new Batch(
                inputs.stream().map(input -> input.index_select(0, places)).toList(),
                targets.index_select(0, places),
                weights(places));
    }

    /** How much the rows at some places count; where all count alike, none is looked up. */
    Tensor weights(Tensor places) {
        return alike ? weights.narrow(0, 0, places.size(0)) : weights.index_select(0, places);
    }

    /**
     * What the rows at some places weigh together, for each goal. Where all weigh alike that follows from how many they are,
     * and is found once for each number.
     *
     * @param size how many places
     * @param loss always the same one
     */
    List<Tensor> together(Tensor places, int size, Loss loss) {
        return alike
                ? together.computeIfAbsent(size, _ -> kept(loss.together(weights(places))))
                : loss.together(weights(places));
    }

    /** As long as these rows: the scope of the step in which they are made ends sooner. */
    private List<Tensor> kept(List<Tensor> tensors) {
        if (scope != null) {
            tensors.forEach(scope::attach);
        }
        return tensors;
    }

    /** Rows one after the other. */
    Batch between(int start, int count) {
        return new Batch(
                inputs.stream().map(input -> input.narrow(0, start, count)).toList(),
                targets.narrow(0, start, count),
                weights.narrow(0, start, count));
    }
}
