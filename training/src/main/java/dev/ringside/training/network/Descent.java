package dev.ringside.training.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.OptimizerParamGroupVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Passes over the rows that teach, step after step.
 *
 * @param settings how it is trained
 * @param microBatches how many a step is cut into
 * @param optimizer what changes the parameters
 * @param gradients where their gradients come from
 * @param unit by what a loss is multiplied to be one in the label's unit
 */
record Descent(NetworkSettings settings, int microBatches, AdamW optimizer, Gradients gradients, double unit) {
    /**
     * One pass.
     *
     * @param rows all rows
     * @param order in which they are taken
     * @param thawed how many stages are in training
     * @param seed where what is drawn in the pass comes from
     * @return the mean loss during the pass
     */
    double pass(Batches rows, int[] order, int thawed, long seed) {
        if (order.length < microBatches) {
            throw new IllegalArgumentException("a step has " + microBatches + " micro-batches, and there are only "
                    + order.length + " rows to train on");
        }
        gradients.begin(thawed);
        double sum = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor shuffled = torch.tensor(order);
            int size;
            for (int start = 0; start < order.length; start += size) {
                size = size(order.length - start);
                try (PointerScope _ = new PointerScope()) {
                    optimizer.zero_grad();
                    double loss = gradients.of(
                            new Step(rows, shuffled.narrow(0, start, size), size, microBatches, thawed, seed + start));
                    if (settings.clip() > 0) {
                        gradients.clip(stepped(), settings.clip());
                    }
                    optimizer.step();
                    sum += size * loss;
                }
            }
        }
        gradients.end();
        return unit * gradients.together(sum) / order.length;
    }

    /** A rest that has no row for each micro-batch goes with the step before it. */
    private int size(int left) {
        int size = Math.min(settings.batch(), left);
        return left - size < microBatches ? left : size;
    }

    /** What the optimizer steps, of all its groups. */
    private TensorVector stepped() {
        var all = new TensorVector();
        OptimizerParamGroupVector groups = optimizer.param_groups();
        for (long group = 0; group < groups.size(); group++) {
            for (Tensor each : groups.get(group).params().get()) {
                all.push_back(each);
            }
        }
        return all;
    }
}
