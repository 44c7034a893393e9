package dev.ringside.training.network;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * One micro-batch after the other, whose gradients add up.
 *
 * @param network the network
 * @param parameters its parameters
 * @param loss what is lowered
 */
record Accumulated(Network network, Parameters parameters, Loss loss) implements Gradients {
    @Override
    public TensorVector stepped() {
        return parameters.trained();
    }

    @Override
    public Map<String, Double> norms() {
        return parameters.gradientNorms();
    }

    @Override
    public double of(Step step) {
        List<Tensor> together = step.together(loss);
        double sum = 0;
        for (int i = 0; i < step.microBatches(); i++) {
            try (PointerScope _ = new PointerScope()) {
                Tensor share = share(step, i, together);
                share.backward();
                sum += share.item_double();
            }
        }
        return sum;
    }

    /** A micro-batch's part of the step's mean loss. */
    Tensor share(Step step, int microBatch, List<Tensor> together) {
        step.seed(microBatch);
        return share(step, step.microBatch(microBatch), together);
    }

    /** The same of a micro-batch whose rows are where the parameters are. */
    Tensor share(Step step, Batches.Batch batch, List<Tensor> together) {
        return loss.share(
                network.forward(batch.inputs(), parameters, step.thawed()), batch.targets(), batch.weights(), together);
    }
}
