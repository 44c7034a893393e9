package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A step from rows to rows inside a network. It holds no tensors: its parameters have names, under which it puts them at
 * the beginning, takes them in each pass and writes them into the graph.
 */
interface Layer {
    /** How many numbers a row has behind it. */
    int outputs();

    /** Puts its parameters as a training begins with them. */
    void initialise(Weights weights, RandomGenerator random);

    /**
     * Rows [rows, inputs] become [rows, outputs]; of a transformer [rows, tokens, inputs] become [rows, tokens, outputs].
     *
     * @param training whether it is a pass of a training: dropout drops and batch statistics are taken
     */
    Tensor forward(Tensor rows, Parameters parameters, boolean training);

    /** Writes itself as it is in use; the name of its value. */
    String export(Graph graph, String rows, Weights weights);
}
