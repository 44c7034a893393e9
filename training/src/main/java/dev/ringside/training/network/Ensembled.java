package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A fully connected layer that several members share, each with adapters of rank one (BatchEnsemble, Wen et al. 2020,
 * equation 2): member i gives ((x ∘ rᵢ) × weightsᵀ) ∘ sᵢ + biasᵢ. Of the first layer r is drawn from ±1, which is what
 * makes members differ; all others begin with 1 (TabM, Gorishniy et al. 2024, section 3.2).
 *
 * @param name its parameters' prefix
 * @param inputs how many numbers it takes
 * @param outputs how many numbers it gives
 * @param members how many
 * @param first whether rows come in as [rows, inputs], else as [rows, members, inputs]
 */
record Ensembled(String name, int inputs, int outputs, int members, boolean first) implements Layer {
    /** Of a layer called so, the adapters of its inputs. */
    static String taking(String name) {
        return name + ".taking";
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        double bound = 1 / StrictMath.sqrt(inputs);
        weights.put(
                name + ".weight",
                Linear.even(random, bound, Math.multiplyExact(outputs, inputs)),
                true,
                outputs,
                inputs);
        float[] taking = new float[members * inputs];
        for (int i = 0; i < taking.length; i++) {
            taking[i] = first && random.nextBoolean() ? -1 : 1;
        }
        weights.put(taking(name), taking, true, members, inputs);
        float[] giving = new float[members * outputs];
        Arrays.fill(giving, 1);
        weights.put(name + ".giving", giving, true, members, outputs);
        weights.put(name + ".bias", Linear.even(random, bound, members * outputs), true, members, outputs);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        Tensor each = first ? rows.unsqueeze(1) : rows;
        Tensor taken = each.mul(parameters.get(taking(name)));
        Tensor product = torch.matmul(taken, parameters.get(name + ".weight").t());
        return product.mul(parameters.get(name + ".giving")).add(parameters.get(name + ".bias"));
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String each =
                first ? graph.node("Unsqueeze", name + "/each", List.of(rows, graph.axes(name + "/axis", 1))) : rows;
        String taken = graph.node("Mul", name + "/taken", List.of(each, constant(graph, weights, "taking", inputs)));
        float[] turned = Linear.turned(weights.get(name + ".weight").values(), outputs, inputs);
        String product = graph.node(
                "MatMul",
                name + "/product",
                List.of(taken, graph.constant(name + "/weights", turned, inputs, outputs)));
        String given =
                graph.node("Mul", name + "/given", List.of(product, constant(graph, weights, "giving", outputs)));
        return graph.node("Add", name, List.of(given, constant(graph, weights, "bias", outputs)));
    }

    private String constant(Graph graph, Weights weights, String parameter, int width) {
        return graph.constant(
                name + "/" + parameter, weights.get(name + "." + parameter).values(), members, width);
    }
}
