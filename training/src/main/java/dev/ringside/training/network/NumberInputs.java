package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbers, taken in as they are.
 *
 * @param parts places of the parts
 * @param widths how many numbers each has
 */
record NumberInputs(List<Integer> parts, List<Integer> widths) implements InputGroup {
    static NumberInputs of(List<Part> all, List<Integer> places) {
        return new NumberInputs(
                List.copyOf(places),
                places.stream()
                        .map(place -> all.get(place) instanceof Part.Numbers(int width) ? width : 0)
                        .toList());
    }

    @Override
    public int outputs() {
        return widths.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public List<Source> sources() {
        return IntStream.range(0, parts.size())
                .boxed()
                .flatMap(i -> Source.all(parts.get(i), widths.get(i)))
                .toList();
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {}

    @Override
    public Tensor tensor(Encoded rows) {
        return Parameters.tensor(sideBySide(rows, parts, outputs()), rows.rows(), outputs());
    }

    /** The numbers of some parts, row after row. */
    static float[] sideBySide(Encoded rows, List<Integer> parts, int width) {
        float[] values = new float[Math.multiplyExact(rows.rows(), width)];
        int offset = 0;
        for (int part : parts) {
            if (rows.blocks().get(part) instanceof Block.Dense(int of, float[] numbers)) {
                for (int row = 0; row < rows.rows(); row++) {
                    System.arraycopy(numbers, row * of, values, row * width + offset, of);
                }
                offset += of;
            }
        }
        return values;
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        return rows;
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        return concat(graph, "numbers", values, parts);
    }

    static String concat(Graph graph, String hint, List<String> values, List<Integer> parts) {
        List<String> own = parts.stream().map(values::get).toList();
        return own.size() == 1 ? own.getFirst() : graph.node("Concat", hint, own, Attributes.of("axis", 1));
    }
}
