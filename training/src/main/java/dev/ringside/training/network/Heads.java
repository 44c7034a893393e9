package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A head for each of several members: [rows, members, inputs] becomes [rows, members, outputs].
 *
 * @param name its parameters' prefix
 * @param inputs how many numbers each takes
 * @param outputs how many numbers each gives
 * @param members how many
 */
record Heads(String name, int inputs, int outputs, int members) implements Layer {
    private static final String EQUATION = "bki,kio->bko";

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        double bound = 1 / StrictMath.sqrt(inputs);
        weights.put(
                name + ".weight",
                Linear.even(random, bound, members * inputs * outputs),
                true,
                members,
                inputs,
                outputs);
        weights.put(name + ".bias", Linear.even(random, bound, members * outputs), true, members, outputs);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return torch.einsum(EQUATION, new TensorVector(rows, parameters.get(name + ".weight")))
                .add(parameters.get(name + ".bias"));
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String factors =
                graph.constant(name + "/weights", weights.get(name + ".weight").values(), members, inputs, outputs);
        String product =
                graph.node("Einsum", name + "/product", List.of(rows, factors), Attributes.of("equation", EQUATION));
        return graph.node(
                "Add",
                name,
                List.of(
                        product,
                        graph.constant(
                                name + "/bias", weights.get(name + ".bias").values(), members, outputs)));
    }
}
