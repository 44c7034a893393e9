package dev.ringside.training.network;

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
 * Reads steps one after the other; what is remembered at the end is what a row becomes. All parameters are drawn evenly
 * from ±1/√hidden to begin with, but the forget gates' biases. Gates lie in libtorch's order: input, forget, cell, output.
 *
 * @param name its parameters' prefix
 * @param steps how they are read
 * @param channels how many numbers a step has
 */
record Recurrent(String name, Part.Steps steps, int channels) {
    private static final List<String> PARAMETERS = List.of(".step", ".memory", ".step_bias", ".memory_bias");
    /** The gates in the order of ONNX: input, output, forget, cell. */
    private static final int[] ONNX = {0, 3, 1, 2};

    private boolean gated() {
        return steps.cell() == Part.Steps.Cell.LSTM;
    }

    private int gates() {
        return gated() ? ONNX.length : 1;
    }

    void initialise(Weights weights, RandomGenerator random) {
        int hidden = steps.hidden();
        int rows = gates() * hidden;
        double bound = 1 / StrictMath.sqrt(hidden);
        weights.put(name + ".step", Linear.even(random, bound, rows * channels), true, rows, channels);
        weights.put(name + ".memory", Linear.even(random, bound, rows * hidden), true, rows, hidden);
        float[] bias = Linear.even(random, bound, rows);
        if (gated()) {
            Arrays.fill(bias, hidden, 2 * hidden, (float) steps.forgetBias());
        }
        weights.put(name + ".step_bias", bias, true, rows);
        weights.put(name + ".memory_bias", Linear.even(random, bound, rows), true, rows);
    }

    /** Takes over what a fitted one learnt. */
    void inherit(Weights weights, Recurrent fitted, Weights from) {
        for (String parameter : PARAMETERS) {
            float[] values = from.get(fitted.name + parameter).values();
            System.arraycopy(values, 0, weights.get(name + parameter).values(), 0, values.length);
        }
    }

    /** Rows of steps, [rows, steps, channels], become [rows, hidden]. */
    Tensor forward(Tensor rows, Parameters parameters) {
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

    /** Writes itself behind a value of the shape [rows, steps, channels]. */
    String export(Graph graph, String value, Weights weights) {
        int hidden = steps.hidden();
        int rows = gates() * hidden;
        String turned =
                graph.node("Transpose", name + "/turned", List.of(value), Attributes.of("perm", new long[] {1, 0, 2}));
        String step = graph.constant(name + "/step", gates(weights, ".step", channels), 1, rows, channels);
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
