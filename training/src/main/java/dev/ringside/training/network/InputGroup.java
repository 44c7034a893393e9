package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** Parts of one kind, which a network takes in together. */
interface InputGroup {
    /** How many numbers a row becomes. */
    int outputs();

    /** Puts its parameters as a training begins with them. */
    void initialise(Weights weights, RandomGenerator random);

    /** All rows as one tensor whose first dimension is the row, as compact as they can be held. */
    Tensor tensor(Encoded rows);

    /** Where each of its outputs comes from, in order. */
    List<Source> sources();

    /**
     * Takes over the parameters of the parts that a fitted network takes in too.
     *
     * @param weights its own, which are changed
     * @param older a group of the fitted network
     * @param from that network's parameters
     * @param ancestry from a part to the fitted network's
     */
    default void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {}

    /**
     * Where an output comes from.
     *
     * @param part place of the part
     * @param place which of the part's own numbers
     */
    record Source(int part, int place) {
        static Stream<Source> all(int part, int count) {
            return IntStream.range(0, count).mapToObj(place -> new Source(part, place));
        }
    }

    /** Some of those rows, [rows, …], become [rows, outputs]. */
    Tensor forward(Tensor rows, Parameters parameters);

    /** Writes itself; the name of its value. */
    String export(Graph graph, List<String> parts, Weights weights);
}
