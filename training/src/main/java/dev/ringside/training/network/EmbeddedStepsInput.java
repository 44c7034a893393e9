package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Texts that are read one after the other by their vectors, each number drawn from N(0, 1)/√dimensions to begin with. The
 * vector of no text is 0, and no step changes it.
 *
 * @param name its parameters' prefix
 * @param part place of the part
 * @param steps how they are read
 */
record EmbeddedStepsInput(String name, int part, Part.EmbeddedSteps steps) implements InputGroup {
    private static final int NONE = 0;

    private String vectors() {
        return name + ".vectors";
    }

    private Recurrent reader() {
        return new Recurrent(name, steps.read(), steps.dimensions());
    }

    @Override
    public int outputs() {
        return steps.read().hidden();
    }

    @Override
    public List<Source> sources() {
        return Source.all(part, outputs()).toList();
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        float[] vectors = new float[Math.multiplyExact(steps.size(), steps.dimensions())];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (random.nextGaussian() / StrictMath.sqrt(steps.dimensions()));
        }
        Arrays.fill(vectors, NONE, steps.dimensions(), 0);
        weights.put(vectors(), vectors, true, steps.size(), steps.dimensions());
        reader().initialise(weights, random);
    }

    @Override
    public void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {
        if (older instanceof EmbeddedStepsInput fitted && fitted.part == ancestry.of(part)) {
            float[] values = from.get(fitted.vectors()).values();
            System.arraycopy(values, 0, weights.get(vectors()).values(), 0, values.length);
            reader().inherit(weights, fitted.reader(), from);
        }
    }

    @Override
    public Tensor tensor(Encoded rows) {
        if (rows.blocks().get(part) instanceof Block.Dense(int _, float[] values)) {
            int[] places = new int[values.length];
            for (int i = 0; i < places.length; i++) {
                places[i] = (int) values[i];
            }
            return torch.tensor(places).view(rows.rows(), steps.read().steps());
        }
        throw new IllegalArgumentException("part " + part + " has no steps");
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        return reader().forward(torch.embedding(parameters.get(vectors()), rows, NONE, false, false), parameters);
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        String vectors =
                graph.constant(name + "/vectors", weights.get(vectors()).values(), steps.size(), steps.dimensions());
        String each = graph.node("Gather", name + "/each", List.of(vectors, values.get(part)));
        return reader().export(graph, each, weights);
    }
}
