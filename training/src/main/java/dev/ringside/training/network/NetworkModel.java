package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Model;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A fitted network.
 *
 * @param network what it is made of
 * @param weights its parameters
 * @param binary whether its number is a logit, and so its score a probability
 * @param shift what is added to each logit
 * @param facts how the fitting went
 */
record NetworkModel(Network network, Weights weights, boolean binary, float shift, Map<String, Double> facts)
        implements Model {
    private static final int ROWS_AT_ONCE = 16_384;

    NetworkModel(Network network, Weights weights, boolean binary, Map<String, Double> facts) {
        this(network, weights, binary, 0, facts);
    }

    @Override
    public double[] score(Encoded rows) {
        double[] scores = new double[rows.rows()];
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var parameters = new Parameters(weights, false);
            List<Tensor> all = network.inputs().tensors(rows);
            for (int start = 0; start < scores.length; start += ROWS_AT_ONCE) {
                int from = start;
                int size = Math.min(ROWS_AT_ONCE, scores.length - start);
                try (var _ = new PointerScope()) {
                    List<Tensor> some =
                            all.stream().map(t -> t.narrow(0, from, size)).toList();
                    Tensor numbers = network.forward(some, parameters, false);
                    float[] part = Parameters.floats(binary ? torch.sigmoid(numbers.add(new Scalar(shift))) : numbers);
                    for (int i = 0; i < size; i++) {
                        scores[start + i] = part[i];
                    }
                }
            }
        }
        return scores;
    }

    @Override
    public NetworkModel shifted(double logits) {
        if (!binary) {
            throw new IllegalArgumentException("a network of a number has no logits to move");
        }
        return new NetworkModel(network, weights, true, (float) (shift + logits), facts);
    }

    @Override
    public String export(Graph graph, List<String> parts) {
        String number = network.export(graph, parts, weights);
        if (!binary) {
            return number;
        }
        String logit = shift == 0
                ? number
                : graph.node("Add", "shifted", List.of(number, graph.constant("shift", new float[] {shift}, 1)));
        return graph.node("Sigmoid", "sigmoid", List.of(logit));
    }
}
