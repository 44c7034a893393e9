package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): by the batch's mean and variance during training, by their running
 * averages (momentum .1) in use. Where several processes train, a batch is what all of them have of it.
 *
 * @param name its parameters' prefix
 * @param outputs how many numbers a row
 * @param ranks the processes whose rows are a batch; null for this one alone
 */
record BatchNorm(String name, int outputs, @Nullable Ranks ranks) implements Layer {
    private static final float EPSILON = 1e-5f;
    private static final double MOMENTUM = 0.1;

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1);
        weights.put(name + ".weight", ones, true, outputs);
        weights.put(name + ".bias", new float[outputs], true, outputs);
        weights.put(name + ".mean", new float[outputs], false, outputs);
        weights.put(name + ".variance", ones.clone(), false, outputs);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        if (training && ranks != null) {
            return new SynchronisedNorm(ranks, MOMENTUM, EPSILON)
                    .of(
                            rows,
                            parameters.get(name + ".weight"),
                            parameters.get(name + ".bias"),
                            parameters.get(name + ".mean"),
                            parameters.get(name + ".variance"));
        }
        return torch.batch_norm(
                rows,
                new TensorOptional(parameters.get(name + ".weight")),
                new TensorOptional(parameters.get(name + ".bias")),
                new TensorOptional(parameters.get(name + ".mean")),
                new TensorOptional(parameters.get(name + ".variance")),
                training && rows.size(0) > 1,
                MOMENTUM,
                EPSILON,
                false);
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        return graph.node(
                "BatchNormalization",
                name,
                List.of(
                        rows,
                        constant(graph, weights, "weight"),
                        constant(graph, weights, "bias"),
                        constant(graph, weights, "mean"),
                        constant(graph, weights, "variance")),
                Attributes.of("epsilon", EPSILON));
    }

    private String constant(Graph graph, Weights weights, String parameter) {
        return graph.constant(
                name + "/" + parameter, weights.get(name + "." + parameter).values(), outputs);
    }
}
