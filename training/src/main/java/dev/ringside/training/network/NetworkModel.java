package dev.ringside.training.network;

import dev.ringside.training.dataset.Task;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import dev.ringside.training.learning.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A fitted network, as plain data.
 *
 * @param settings how it is built
 * @param parts what it takes in
 * @param weights its parameters
 * @param target what it predicts
 * @param tasks what else it predicts: further numbers of the same head
 * @param facts how the fitting went
 */
public record NetworkModel(
        NetworkSettings settings,
        List<Part> parts,
        Weights weights,
        Target target,
        List<Task> tasks,
        Map<String, Double> facts)
        implements Model {
    private static final int ROWS_AT_ONCE = 16_384;

    /** Copies the collections. */
    public NetworkModel {
        parts = List.copyOf(parts);
        tasks = List.copyOf(tasks);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** One that predicts nothing else. */
    public NetworkModel(
            NetworkSettings settings, List<Part> parts, Weights weights, Target target, Map<String, Double> facts) {
        this(settings, parts, weights, target, List.of(), facts);
    }

    /** How many numbers the head of such a network gives. */
    static int outputs(Target target, List<Task> tasks) {
        return target.width()
                + tasks.stream()
                        .mapToInt(task -> Target.of(task.label()).width())
                        .sum();
    }

    /** What it says of some rows, a tensor for each group of inputs. */
    private interface Answer {
        Tensor of(Network network, List<Tensor> rows, Parameters parameters);
    }

    @Override
    public double[] score(Encoded rows) {
        return scoreAll(rows).getFirst();
    }

    @Override
    public List<double[]> scoreAll(Encoded rows) {
        List<Target> targets = targets();
        int width = outputs(target, tasks);
        float[] found = answers(rows, width, (network, some, parameters) -> {
            Tensor numbers = network.forward(some, parameters, 0);
            var scores = new TensorVector();
            int from = 0;
            for (Target each : targets) {
                scores.push_back(each.mean(Goal.narrow(numbers, each, from)));
                from += each.width();
            }
            return targets.size() == 1 ? scores.get(0) : torch.cat(scores, 1);
        });
        List<double[]> all = new ArrayList<>();
        int from = 0;
        for (Target each : targets) {
            double[] scores = new double[Math.multiplyExact(rows.rows(), each.width())];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = found[i / each.width() * width + from + i % each.width()];
            }
            all.add(scores);
            from += each.width();
        }
        return all;
    }

    private List<Target> targets() {
        return Stream.concat(Stream.of(target), tasks.stream().map(task -> Target.of(task.label())))
                .toList();
    }

    /** What stands before the last function, row after row: the logit of a probability, or the number itself. */
    public float[] numbers(Encoded rows) {
        return answers(
                rows,
                target.width(),
                (network, some, parameters) -> Goal.narrow(network.forward(some, parameters, 0), target, 0));
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

    @Override
    public float @Nullable [] vectors(int part) {
        return parts.get(part) instanceof Part.Embedded
                ? weights.get(EmbeddedInput.of(parts, part).name()).values()
                : null;
    }

    /** How many numbers the last hidden layer says of a row. */
    public int width() {
        return network().body().getLast().outputs();
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
                // The first of each member's numbers.
                for (int member = 0; member < own.length; member += outputs(target, tasks)) {
                    own[member] = (float) (own[member] + logits);
                }
            }
            moved.put(name, own, values.trained(), values.shape());
        });
        return new NetworkModel(settings, parts, moved, target, tasks, facts);
    }

    @Override
    public String export(Graph graph, List<String> parts) {
        return exportAll(graph, parts).getFirst();
    }

    @Override
    public List<String> exportAll(Graph graph, List<String> parts) {
        String numbers = network().export(graph, parts, weights);
        List<String> all = new ArrayList<>();
        int from = 0;
        for (Target each : targets()) {
            String own = tasks.isEmpty() ? numbers : slice(graph, numbers, from, each.width());
            all.add(together(graph, each.export(graph, own)));
            from += each.width();
        }
        return all;
    }

    private static String slice(Graph graph, String numbers, int from, int width) {
        return graph.node(
                "Slice",
                "task",
                List.of(
                        numbers,
                        graph.axes("task/from", from),
                        graph.axes("task/to", from + width),
                        graph.axes("task/axis", -1)));
    }

    private String together(Graph graph, String scores) {
        return settings.members() == 1
                ? scores
                : graph.node(
                        "ReduceMean",
                        "members",
                        List.of(scores),
                        Attributes.of("axes", new long[] {1}),
                        Attributes.of("keepdims", 0));
    }

    /** The same network without what else it predicts. */
    public NetworkModel alone() {
        if (tasks.isEmpty()) {
            return this;
        }
        int all = outputs(target, tasks);
        var own = new Weights();
        weights.all().forEach((name, values) -> {
            long[] shape = values.shape().clone();
            int outputs = name.equals(Network.HEAD) && shape.length == 2 ? 0 : shape.length - 1;
            if (!name.equals(Network.HEAD) && !name.equals(Network.LAST)) {
                own.put(name, values.values(), values.trained(), shape);
                return;
            }
            shape[outputs] = target.width();
            int behind = name.equals(Network.HEAD) && outputs == 0 ? (int) shape[1] : 1;
            float[] kept = new float[values.values().length / all * target.width()];
            int next = 0;
            for (int i = 0; i < values.values().length; i++) {
                if (i / behind % all < target.width()) {
                    kept[next++] = values.values()[i];
                }
            }
            own.put(name, kept, values.trained(), shape);
        });
        return new NetworkModel(settings, parts, own, target, facts);
    }

    private Network network() {
        return Network.of(parts, settings, outputs(target, tasks));
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
