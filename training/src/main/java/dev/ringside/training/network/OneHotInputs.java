package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Places of vocabularies, laid out side by side: all rows at once where they are few, else batch by batch.
 *
 * @param parts places of the parts
 * @param sizes size of each vocabulary
 */
record OneHotInputs(List<Integer> parts, List<Integer> sizes) implements InputGroup {
    /** So many numbers of all rows together, 64 MB, are few. */
    private static final long FEW = 1L << 24;

    static OneHotInputs of(List<Part> all, List<Integer> places) {
        return new OneHotInputs(
                List.copyOf(places),
                places.stream()
                        .map(place -> all.get(place) instanceof Part.OneHot(int size) ? size : 0)
                        .toList());
    }

    @Override
    public int outputs() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public List<Source> sources() {
        return IntStream.range(0, parts.size())
                .boxed()
                .flatMap(i -> Source.all(parts.get(i), sizes.get(i)))
                .toList();
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {}

    /** [rows, outputs] of few rows, else their {@link #columns}. */
    @Override
    public Tensor tensor(Encoded rows) {
        Tensor columns = columns(rows);
        return (long) rows.rows() * outputs() > FEW ? columns : spread(columns).contiguous();
    }

    /** Columns to be set to 1, [rows, parts]; one beyond the last stands for none. */
    private Tensor columns(Encoded rows) {
        int none = outputs();
        long[] columns = new long[Math.multiplyExact(rows.rows(), parts.size())];
        int offset = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (rows.blocks().get(parts.get(i)) instanceof Block.Index(int[] places)) {
                for (int row = 0; row < places.length; row++) {
                    columns[row * parts.size() + i] = places[row] < 0 ? none : offset + places[row];
                }
            }
            offset += sizes.get(i);
        }
        return torch.tensor(columns).view(rows.rows(), parts.size());
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters) {
        return rows.is_floating_point() ? rows : spread(rows);
    }

    private Tensor spread(Tensor rows) {
        long width = outputs();
        return torch.zeros(rows.size(0), width + 1)
                .scatter_(1, rows, new Scalar(1.0))
                .narrow(1, 0, width);
    }

    @Override
    public String export(Graph graph, List<String> values, Weights weights) {
        return NumberInputs.concat(graph, "one-hot", values, parts);
    }
}
