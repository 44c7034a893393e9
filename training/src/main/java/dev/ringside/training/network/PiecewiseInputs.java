package dev.ringside.training.network;

import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Numbers embedded by how far they are through their bins, all features at once: bins that a feature has not are passed by
 * no number.
 *
 * @param name its parameters' prefix
 * @param parts places of the parts
 * @param edges each feature's edges
 * @param dimensions length of a vector; 0 for the bins themselves
 */
record PiecewiseInputs(String name, List<Integer> parts, List<float[]> edges, int dimensions) implements InputGroup {
    private static final float BEYOND = Float.MAX_VALUE / 4;
    private static final long[] SCALAR = {};

    static PiecewiseInputs of(List<Part> all, List<Integer> places, int dimensions) {
        return new PiecewiseInputs(
                "piecewise" + dimensions,
                List.copyOf(places),
                places.stream()
                        .map(place -> all.get(place) instanceof Part.Piecewise(float[] of, int _) ? of : new float[2])
                        .toList(),
                dimensions);
    }

    private int bins() {
        return edges.stream().mapToInt(of -> of.length - 1).max().orElse(1);
    }

    @Override
    public int outputs() {
        return parts.size() * (dimensions == 0 ? bins() : dimensions);
    }

    @Override
    public List<Source> sources() {
        return parts.stream()
                .flatMap(part -> Source.all(part, dimensions == 0 ? bins() : dimensions))
                .toList();
    }

    @Override
    public void inherit(Weights weights, InputGroup older, Weights from, Ancestry ancestry) {
        if (dimensions > 0 && older instanceof PiecewiseInputs fitted && fitted.dimensions == dimensions) {
            ancestry.slices(from.get(fitted.name + ".weight"), fitted.parts, weights.get(name + ".weight"), parts);
            ancestry.slices(from.get(fitted.name + ".bias"), fitted.parts, weights.get(name + ".bias"), parts);
        }
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        if (dimensions > 0) {
            double bound = 1 / StrictMath.sqrt(bins());
            int features = parts.size();
            weights.put(
                    name + ".weight",
                    Linear.even(random, bound, features * bins() * dimensions),
                    true,
                    features,
                    bins(),
                    dimensions);
            weights.put(name + ".bias", Linear.even(random, bound, features * dimensions), true, features, dimensions);
        }
    }

    @Override
    public Tensor tensor(Encoded rows) {
        return Parameters.tensor(NumberInputs.sideBySide(rows, parts, parts.size()), rows.rows(), parts.size());
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        Tensor left = parameters.constant(name + ".left", this::left, 1, parts.size(), bins());
        Tensor widths = parameters.constant(name + ".widths", this::widths, 1, parts.size(), bins());
        Tensor through = torch.clamp(
                rows.unsqueeze(2).sub(left).div(widths),
                new ScalarOptional(new Scalar(0.0)),
                new ScalarOptional(new Scalar(1.0)));
        if (dimensions == 0) {
            return through.reshape(rows.size(0), outputs());
        }
        Tensor mapped = torch.einsum("bfn,fnd->bfd", new TensorVector(through, parameters.get(name + ".weight")));
        return torch.relu(mapped.add(parameters.get(name + ".bias"))).reshape(rows.size(0), outputs());
    }

    private float[] left() {
        float[] left = new float[parts.size() * bins()];
        Arrays.fill(left, BEYOND);
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(edges.get(i), 0, left, i * bins(), edges.get(i).length - 1);
        }
        return left;
    }

    private float[] widths() {
        float[] widths = new float[parts.size() * bins()];
        Arrays.fill(widths, 1);
        for (int i = 0; i < parts.size(); i++) {
            float[] of = edges.get(i);
            for (int bin = 0; bin + 1 < of.length; bin++) {
                widths[i * bins() + bin] = of[bin + 1] - of[bin];
            }
        }
        return widths;
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        int features = parts.size();
        String numbers = NumberInputs.concat(graph, name + "/numbers", values, parts);
        String each = graph.node("Unsqueeze", name + "/each", List.of(numbers, graph.axes(name + "/axis", 2)));
        String left = graph.constant(name + "/left", left(), 1, features, bins());
        String width = graph.constant(name + "/widths", widths(), 1, features, bins());
        String beyond = graph.node("Sub", name + "/beyond", List.of(each, left));
        String ratio = graph.node("Div", name + "/ratio", List.of(beyond, width));
        String none = graph.constant(name + "/none", new float[] {0}, SCALAR);
        String whole = graph.constant(name + "/whole", new float[] {1}, SCALAR);
        String through = graph.node("Clip", name + "/through", List.of(ratio, none, whole));
        if (dimensions > 0) {
            through = mapped(graph, name, through, weights, features, bins(), dimensions);
        }
        return graph.node("Reshape", name + "/flat", List.of(through, graph.axes(name + "/shape", 0, outputs())));
    }

    /** Writes relu(values × weight + bias) by feature: [rows, features, from] becomes [rows, features, to]. */
    static String mapped(Graph graph, String name, String values, Weights weights, int features, int from, int to) {
        String factors =
                graph.constant(name + "/weights", weights.get(name + ".weight").values(), features, from, to);
        String bias = graph.constant(name + "/bias", weights.get(name + ".bias").values(), features, to);
        String product = graph.node(
                "Einsum", name + "/mapped", List.of(values, factors), Attributes.of("equation", "bfn,fnd->bfd"));
        return graph.node(
                "Relu", name + "/vectors", List.of(graph.node("Add", name + "/moved", List.of(product, bias))));
    }
}
