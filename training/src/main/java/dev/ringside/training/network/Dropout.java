package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sets a share of the numbers to 0 during training and raises the others (Srivastava et al. 2014); not there in use.
 *
 * @param share the share, 0 or more and below 1
 * @param outputs how many numbers a row
 */
record Dropout(double share, int outputs) implements Layer {
    @Override
    public void initialise(Weights weights, RandomGenerator random) {}

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return training && share > 0 ? torch.dropout(rows, share, true) : rows;
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        return rows;
    }
}
