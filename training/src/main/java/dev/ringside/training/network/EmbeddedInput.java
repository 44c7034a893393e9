package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A vocabulary whose places have learnt vectors, each number drawn from N(0, 1)/√dimensions to begin with. The vector of
 * place 0, for unknown texts, is learnt from the rare ones; where there were none it stays as it began.
 *
 * @param name its parameter's name
 * @param part place of the part
 * @param size how many places
 * @param outputs length of a vector
 */
record EmbeddedInput(String name, int part, int size, int outputs) implements InputGroup {
    static EmbeddedInput of(List<Part> all, int place) {
        return all.get(place) instanceof Part.Embedded(int size, int dimensions)
                ? new EmbeddedInput("embedding" + place, place, size, dimensions)
                : new EmbeddedInput("none", place, 0, 0);
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        float[] vectors = new float[Math.multiplyExact(size, outputs)];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (random.nextGaussian() / StrictMath.sqrt(outputs));
        }
        weights.put(name, vectors, true, size, outputs);
    }

    @Override
    public List<Source> sources() {
        return Source.all(part, outputs).toList();
    }

    /** A text that the fitted network did not know begins with the vector by which that took it in, place 0's. */
    @Override
    public void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {
        if (older instanceof EmbeddedInput fitted && fitted.part == ancestry.of(part)) {
            for (int place = 0; place < size; place++) {
                Ancestry.slice(from.get(fitted.name), place < fitted.size ? place : 0, weights.get(name), place);
            }
        }
    }

    @Override
    public Tensor tensor(Encoded rows) {
        if (rows.blocks().get(part) instanceof Block.Index(int[] places)) {
            return torch.tensor(places);
        }
        throw new IllegalArgumentException("part " + part + " has no places");
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        return torch.embedding(parameters.get(name), rows);
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        String vectors = graph.constant(name + "/vectors", weights.get(name).values(), size, outputs);
        String gathered = graph.node("Gather", name, List.of(vectors, values.get(part)));
        return graph.node("Squeeze", name + "/vector", List.of(gathered, graph.axes(name + "/axis", 1)));
    }
}
