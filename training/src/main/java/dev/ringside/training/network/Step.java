package dev.ringside.training.network;

import dev.ringside.training.split.Shuffle;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The rows of a step, cut into micro-batches that are as large as each other but for one row. The gradients of a step are
 * the sums of its micro-batches', so that each needs memory for its own rows alone, and others can compute it.
 *
 * @param rows all rows
 * @param places those of the step
 * @param size how many
 * @param microBatches how many parts they are cut into, at most {@code size}
 * @param thawed how many stages of the network are in training
 * @param seed where what is drawn in the step comes from; not looked at where there is one micro-batch
 */
record Step(Batches rows, Tensor places, int size, int microBatches, int thawed, long seed) {
    /** What all its rows that have a goal's label weigh together, for each goal. */
    List<Tensor> together(Loss loss) {
        return rows.together(places, size, loss);
    }

    /** Draws begin anew for each micro-batch, so that it does not matter who computes those before it. */
    void seed(int microBatch) {
        if (microBatches > 1) {
            torch.manual_seed(Shuffle.mix(seed + microBatch));
        }
    }

    Batches.Batch microBatch(int number) {
        if (microBatches == 1) {
            return rows.at(places);
        }
        int from = bound(number);
        return rows.at(places.narrow(0, from, bound(number + 1) - from));
    }

    private int bound(int number) {
        return Math.toIntExact((long) size * number / microBatches);
    }
}
