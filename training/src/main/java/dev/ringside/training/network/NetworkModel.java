package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Model;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A fitted network, as plain data.
 *
 * @param settings how it is built
 * @param parts what it takes in
 * @param weights its parameters
 * @param target what it predicts
 * @param facts how the fitting went
 */
public record NetworkModel(
        NetworkSettings settings, List<Part> parts, Weights weights, Target target, Map<String, Double> facts)
        implements Model {
    private static final int ROWS_AT_ONCE = 16_384;

    /** Copies the collections. */
    public NetworkModel {
        parts = List.copyOf(parts);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** What it says of some rows, a tensor for each group of inputs. */
    private interface Answer {
        Tensor of(Network network, List<Tensor> rows, Parameters parameters);
    }

    @Override
    public double[] score(Encoded rows) {
        float[] found = answers(
                rows, target.width(), (network, some, parameters) -> target.mean(network.forward(some, parameters, 0)));
        double[] scores = new double[found.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = found[i];
        }
        return scores;
    }

    /** What stands before the last function, row after row: the logit of a probability, or the number itself. */
    public float[] numbers(Encoded rows) {
        return answers(rows, target.width(), (network, some, parameters) -> network.forward(some, parameters, 0));
    }

    /** What the last hidden layer says of rows. */
    public Block.Dense hidden(Encoded rows) {
        return new Block.Dense(
                width(), answers(rows, width(), (network, some, parameters) -> network.hidden(some, parameters, 0)));
    }

    /** Whether its number is a logit, and so its score a probability. */
    public boolean binary() {
        return target instanceof Target.Probability;
    }

    @Override
    public int outputs() {
        return target.width();
    }

    /** How many numbers the last hidden layer says of a row. */
    public int width() {
        return settings.hidden().getLast();
    }

    private float[] answers(Encoded rows, int width, Answer answer) {
        Libtorch.load();
        Network network = network();
        float[] answers = new float[Math.multiplyExact(rows.rows(), width)];
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var parameters = new Parameters(weights, false);
            List<Tensor> all = network.inputs().tensors(rows);
            for (int start = 0; start < rows.rows(); start += ROWS_AT_ONCE) {
                int from = start;
                int size = Math.min(ROWS_AT_ONCE, rows.rows() - start);
                try (var _ = new PointerScope()) {
                    List<Tensor> some =
                            all.stream().map(t -> t.narrow(0, from, size)).toList();
                    float[] part = Parameters.floats(answer.of(network, some, parameters));
                    System.arraycopy(part, 0, answers, start * width, part.length);
                }
            }
        }
        return answers;
    }

    /** Its head's bias takes the shift. */
    @Override
    public NetworkModel shifted(double logits) {
        if (!binary()) {
            throw new IllegalArgumentException("a network of a number has no logits to move");
        }
        var moved = new Weights();
        weights.all().forEach((name, values) -> {
            float[] own = values.values().clone();
            if (name.equals(Network.LAST)) {
                for (int member = 0; member < own.length; member++) {
                    own[member] = (float) (own[member] + logits);
                }
            }
            moved.put(name, own, values.trained(), values.shape());
        });
        return new NetworkModel(settings, parts, moved, target, facts);
    }

    @Override
    public String export(Graph graph, List<String> parts) {
        String scores = target.export(graph, network().export(graph, parts, weights));
        return settings.members() == 1
                ? scores
                : graph.node(
                        "ReduceMean",
                        "members",
                        List.of(scores),
                        Attributes.of("axes", new long[] {1}),
                        Attributes.of("keepdims", 0));
    }

    private Network network() {
        return Network.of(parts, settings, target.width());
    }

    /** Writes it up to its last hidden layer; the name of that value, FP32, shape [rows, {@link #width()}]. */
    public String exportHidden(Graph graph, List<String> parts) {
        return network().exportHidden(graph, parts, weights);
    }

    /** Writes its head behind the last hidden layer; the name of the value that {@link #numbers} gives. */
    public String exportHead(Graph graph, String hidden) {
        return network().head().export(graph, hidden, weights);
    }

    /** Its parameters without those of the head. */
    public Weights body() {
        List<String> head = network().stages().getFirst();
        var body = new Weights();
        weights.all().forEach((name, values) -> {
            if (!head.contains(name)) {
                body.put(name, values.values(), values.trained(), values.shape());
            }
        });
        return body;
    }
}
