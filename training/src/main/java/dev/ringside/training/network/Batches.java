package dev.ringside.training.network;

import dev.ringside.training.learning.Examples;
import java.util.List;
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
     * @param targets what is to be predicted, [rows]
     * @param weights how much each counts, [rows]
     */
    record Batch(List<Tensor> inputs, Tensor targets, Tensor weights) {}

    Batches(Network network, Examples examples) {
        size = examples.size();
        inputs = network.inputs().tensors(examples.features());
        float[] wanted = new float[size];
        float[] counted = new float[size];
        for (int row = 0; row < size; row++) {
            wanted[row] = (float) examples.targets()[row];
            counted[row] = (float) examples.weight(row);
        }
        targets = Parameters.tensor(wanted, size);
        weights = Parameters.tensor(counted, size);
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

    /** Rows one after the other. */
    Batch between(int start, int count) {
        return new Batch(
                inputs.stream().map(input -> input.narrow(0, start, count)).toList(),
                targets.narrow(0, start, count),
                weights.narrow(0, start, count));
    }
}
