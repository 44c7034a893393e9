package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Standardised numbers embedded by sines and cosines of learnt frequencies, all features at once.
 *
 * @param name its parameters' prefix
 * @param parts places of the parts
 * @param part how they are embedded
 */
record PeriodicInputs(String name, List<Integer> parts, Part.Periodic part) implements InputGroup {
    private static final double TURN = 2 * Math.PI;

    @Override
    public int outputs() {
        return parts.size() * part.dimensions();
    }

    @Override
    public List<Source> sources() {
        return parts.stream()
                .flatMap(place -> Source.all(place, part.dimensions()))
                .toList();
    }

    @Override
    public void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {
        if (older instanceof PeriodicInputs fitted) {
            for (String parameter : List.of(".frequency", ".weight", ".bias")) {
                ancestry.slices(from.get(fitted.name + parameter), fitted.parts, weights.get(name + parameter), parts);
            }
        }
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        int features = parts.size();
        int waves = part.frequencies();
        float[] frequencies = new float[features * waves];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = (float) (random.nextGaussian() * part.sigma());
        }
        weights.put(name + ".frequency", frequencies, true, features, waves);
        double bound = 1 / StrictMath.sqrt(2.0 * waves);
        weights.put(
                name + ".weight",
                Linear.even(random, bound, features * 2 * waves * part.dimensions()),
                true,
                features,
                2L * waves,
                part.dimensions());
        weights.put(
                name + ".bias",
                Linear.even(random, bound, features * part.dimensions()),
                true,
                features,
                part.dimensions());
    }

    @Override
    public Tensor tensor(Encoded rows) {
        return Parameters.tensor(NumberInputs.sideBySide(rows, parts, parts.size()), rows.rows(), parts.size());
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        Tensor phase = rows.unsqueeze(2)
                .mul(parameters.get(name + ".frequency").unsqueeze(0))
                .mul(new Scalar(TURN));
        Tensor waves = torch.cat(new TensorVector(torch.cos(phase), torch.sin(phase)), 2);
        Tensor mapped = torch.einsum("bfn,fnd->bfd", new TensorVector(waves, parameters.get(name + ".weight")));
        return torch.relu(mapped.add(parameters.get(name + ".bias"))).reshape(rows.size(0), outputs());
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        int features = parts.size();
        String numbers = NumberInputs.concat(graph, name + "/numbers", values, parts);
        String each = graph.node("Unsqueeze", name + "/each", List.of(numbers, graph.axes(name + "/axis", 2)));
        String frequency = graph.constant(
                name + "/frequencies", weights.get(name + ".frequency").values(), 1, features, part.frequencies());
        String product = graph.node("Mul", name + "/product", List.of(each, frequency));
        String turn = graph.constant(name + "/turn", new float[] {(float) TURN}, 1);
        String phase = graph.node("Mul", name + "/phase", List.of(product, turn));
        String cosine = graph.node("Cos", name + "/cosine", List.of(phase));
        String sine = graph.node("Sin", name + "/sine", List.of(phase));
        String waves = graph.node("Concat", name + "/waves", List.of(cosine, sine), Attributes.of("axis", 2));
        String mapped = PiecewiseInputs.mapped(
                graph, name, waves, weights, features, 2 * part.frequencies(), part.dimensions());
        return graph.node("Reshape", name + "/flat", List.of(mapped, graph.axes(name + "/shape", 0, outputs())));
    }
}
