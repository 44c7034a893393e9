package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A fully connected layer of each token, [rows, tokens, inputs] to [rows, tokens, outputs]; weights drawn evenly from
 * ±1/√inputs to begin with, biases 0.
 *
 * @param name its parameters' prefix
 * @param inputs how many numbers it takes
 * @param outputs how many numbers it gives
 */
record Projection(String name, int inputs, int outputs) implements Layer {
    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        double bound = 1 / StrictMath.sqrt(inputs);
        weights.put(
                name + ".weight",
                Linear.even(random, bound, Math.multiplyExact(outputs, inputs)),
                true,
                outputs,
                inputs);
        weights.put(name + ".bias", new float[outputs], true, outputs);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return torch.linear(rows, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        float[] turned = Linear.turned(weights.get(name + ".weight").values(), outputs, inputs);
        String product = graph.node(
                "MatMul", name + "/product", List.of(rows, graph.constant(name + "/weights", turned, inputs, outputs)));
        return graph.node(
                "Add",
                name,
                List.of(
                        product,
                        graph.constant(
                                name + "/bias", weights.get(name + ".bias").values(), outputs)));
    }
}
