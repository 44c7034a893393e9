package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Parts of one kind, which a network takes in together. */
interface InputGroup {
    /** How many numbers a row becomes. */
    int outputs();

    /** Puts its parameters as a training begins with them. */
    void initialise(Weights weights, RandomGenerator random);

    /** All rows as one tensor whose first dimension is the row, as compact as they can be held. */
    Tensor tensor(Encoded rows);

    /** Some of those rows, [rows, …], become [rows, outputs]. */
    Tensor forward(Tensor rows, Parameters parameters);

    /** Writes itself; the name of its value. */
    String export(Graph graph, List<String> parts, Weights weights);
}
