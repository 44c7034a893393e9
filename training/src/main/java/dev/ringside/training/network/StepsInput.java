package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbers that are read one after the other, each with whether there is one.
 *
 * @param name its parameters' prefix
 * @param part place of the part
 * @param steps how they are read
 */
record StepsInput(String name, int part, Part.Steps steps) implements InputGroup {
    private static final int CHANNELS = 2;

    private Recurrent reader() {
        return new Recurrent(name, steps, CHANNELS);
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
            reader().inherit(weights, fitted.reader(), from);
        }
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        reader().initialise(weights, random);
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
        return reader().forward(rows, parameters);
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        return reader().export(graph, values.get(part), weights);
    }
}
