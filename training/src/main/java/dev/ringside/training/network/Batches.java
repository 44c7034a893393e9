package dev.ringside.training.network;

import dev.ringside.training.learning.Examples;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Examples as tensors, from which batches are taken. They belong to the {@code PointerScope} in which they were made. */
final class Batches {
    private final List<Tensor> inputs;
    private final Tensor targets;
    private final Tensor weights;
    private final int size;

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
                weights.index_select(0, places));
    }

    /** How much the rows at some places count. */
    Tensor weights(Tensor places) {
        return weights.index_select(0, places);
    }

    /** Rows one after the other. */
    Batch between(int start, int count) {
        return new Batch(
                inputs.stream().map(input -> input.narrow(0, start, count)).toList(),
                targets.narrow(0, start, count),
                weights.narrow(0, start, count));
    }
}
