package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Layer normalisation (Ba et al. 2016): each token by the mean and variance of its own numbers.
 *
 * @param name its parameters' prefix
 * @param outputs how many numbers a token
 */
record LayerNorm(String name, int outputs) implements Layer {
    private static final float EPSILON = 1e-5f;

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1);
        weights.put(name + ".weight", ones, true, outputs);
        weights.put(name + ".bias", new float[outputs], true, outputs);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return torch.layer_norm(
                rows,
                new long[] {outputs},
                new TensorOptional(parameters.get(name + ".weight")),
                new TensorOptional(parameters.get(name + ".bias")),
                EPSILON,
                false);
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String weight =
                graph.constant(name + "/weight", weights.get(name + ".weight").values(), outputs);
        String bias = graph.constant(name + "/bias", weights.get(name + ".bias").values(), outputs);
        return graph.node(
                "LayerNormalization",
                name,
                List.of(rows, weight, bias),
                Attributes.of("axis", -1L),
                Attributes.of("epsilon", EPSILON));
    }
}
