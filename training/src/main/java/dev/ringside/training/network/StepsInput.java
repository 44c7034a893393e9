package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Steps that are read one after the other; what is remembered at the end is what a row becomes. All parameters are drawn
 * evenly from ±1/√hidden to begin with, but the forget gates' biases. Gates lie in libtorch's order: input, forget, cell,
 * output.
 *
 * @param name its parameters' prefix
 * @param part place of the part
 * @param steps how they are read
 */
record StepsInput(String name, int part, Part.Steps steps) implements InputGroup {
    private static final int CHANNELS = 2;
    private static final List<String> PARAMETERS = List.of(".step", ".memory", ".step_bias", ".memory_bias");
    /** The gates in the order of ONNX: input, output, forget, cell. */
    private static final int[] ONNX = {0, 3, 1, 2};

    private boolean gated() {
        return steps.cell() == Part.Steps.Cell.LSTM;
    }

    private int gates() {
        return gated() ? ONNX.length : 1;
    }

    @Override
    public int outputs() {
        return steps.hidden();
    }

    @Override
    public List<Source> sources() {
        return Source.all(part, outputs()).toList();
    }

    @Override
    public void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {
        if (older instanceof StepsInput fitted && fitted.part == ancestry.of(part)) {
            for (String parameter : PARAMETERS) {
                float[] values = from.get(fitted.name + parameter).values();
                System.arraycopy(values, 0, weights.get(name + parameter).values(), 0, values.length);
            }
        }
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        int hidden = steps.hidden();
        int rows = gates() * hidden;
        double bound = 1 / StrictMath.sqrt(hidden);
        weights.put(name + ".step", Linear.even(random, bound, rows * CHANNELS), true, rows, CHANNELS);
        weights.put(name + ".memory", Linear.even(random, bound, rows * hidden), true, rows, hidden);
        float[] bias = Linear.even(random, bound, rows);
        if (gated()) {
            Arrays.fill(bias, hidden, 2 * hidden, (float) steps.forgetBias());
        }
        weights.put(name + ".step_bias", bias, true, rows);
        weights.put(name + ".memory_bias", Linear.even(random, bound, rows), true, rows);
    }

    @Override
    public Tensor tensor(Encoded rows) {
        if (rows.blocks().get(part) instanceof Block.Dense(int _, float[] values)) {
            return Parameters.tensor(values, rows.rows(), steps.steps(), CHANNELS);
        }
        throw new IllegalArgumentException("part " + part + " has no steps");
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        var own = new TensorVector();
        PARAMETERS.forEach(parameter -> own.push_back(parameters.get(name + parameter)));
        Tensor begin = torch.zeros(1, rows.size(0), steps.hidden());
        Tensor remembered = switch (steps.cell()) {
            case LSTM ->
                torch.lstm(rows, new TensorVector(begin, begin), own, true, 1, 0, true, false, true)
                        .get0();
            case RECURRENT ->
                torch.rnn_tanh(rows, begin, own, true, 1, 0, true, false, true).get0();
        };
        return remembered.select(1, steps.steps() - 1L);
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        int hidden = steps.hidden();
        int rows = gates() * hidden;
        String turned = graph.node(
                "Transpose", name + "/turned", List.of(values.get(part)), Attributes.of("perm", new long[] {1, 0, 2}));
        String step = graph.constant(name + "/step", gates(weights, ".step", CHANNELS), 1, rows, CHANNELS);
        String memory = graph.constant(name + "/memory", gates(weights, ".memory", hidden), 1, rows, hidden);
        float[] biases = Arrays.copyOf(gates(weights, ".step_bias", 1), 2 * rows);
        System.arraycopy(gates(weights, ".memory_bias", 1), 0, biases, rows, rows);
        String all = graph.node(
                gated() ? "LSTM" : "RNN",
                name + "/read",
                List.of(turned, step, memory, graph.constant(name + "/biases", biases, 1, 2L * rows)),
                Attributes.of("hidden_size", (long) hidden));
        String last = graph.node("Gather", name + "/last", List.of(all, graph.axes(name + "/end", steps.steps() - 1L)));
        return graph.node("Squeeze", name, List.of(last, graph.axes(name + "/axes", 0, 1)));
    }

    /** A parameter with its gates in the order of ONNX. */
    private float[] gates(Weights weights, String parameter, int width) {
        float[] values = weights.get(name + parameter).values();
        if (!gated()) {
            return values;
        }
        int length = steps.hidden() * width;
        float[] ordered = new float[values.length];
        for (int gate = 0; gate < ONNX.length; gate++) {
            System.arraycopy(values, ONNX[gate] * length, ordered, gate * length, length);
        }
        return ordered;
    }
}
