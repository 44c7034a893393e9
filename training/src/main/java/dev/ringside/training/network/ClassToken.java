package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a transformer says of a row: its first token, normalised, through a rectifier, [rows, 1, outputs] to [rows,
 * outputs] (Gorishniy et al. 2021, equation 6, without the linear map, which is the head).
 *
 * @param outputs how many numbers a token
 */
record ClassToken(int outputs) implements Layer {
    private LayerNorm norm() {
        return new LayerNorm("class.norm", outputs);
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        norm().initialise(weights, random);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        return torch.relu(norm().forward(rows.select(1, 0), parameters, training));
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String token = graph.node("Squeeze", "class", List.of(rows, graph.axes("class/axis", 1)));
        return graph.node("Relu", "class/rectified", List.of(norm().export(graph, token, weights)));
    }
}
