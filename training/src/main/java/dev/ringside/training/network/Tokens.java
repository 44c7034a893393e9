package dev.ringside.training.network;

import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes each part of a row a token, and puts a learnt one before them (feature tokenizer and [CLS] of Gorishniy et al.
 * 2021, section 3.3): number j becomes bⱼ + xⱼ Wⱼ; what has several numbers bⱼ + xⱼ Wⱼ with as many rows of Wⱼ, which of a
 * vocabulary laid out picks a row; an embedded text whose vector is as long as a token bⱼ + its vector. All begin drawn
 * evenly from ±1/√width.
 *
 * @param singles parts of one number, which are mapped together
 * @param wide parts of several numbers
 * @param width how many numbers a token has
 */
record Tokens(List<Span> singles, List<Span> wide, int width) implements Layer {
    /** What all of its parameters' names begin with. */
    static final String NAME = "tokens";

    private static final String SINGLES = NAME + ".weight";
    private static final String BIAS = NAME + ".bias";
    private static final String CLASS = NAME + ".class";

    /**
     * Where a part's numbers lie among the inputs'.
     *
     * @param part its place
     * @param offset of the first number
     * @param length how many
     * @param mapped whether they are mapped to a token; else they are one
     */
    record Span(int part, int offset, int length, boolean mapped) {
        String weight() {
            return NAME + ".weight" + part;
        }
    }

    /** Copies the lists. */
    Tokens {
        singles = List.copyOf(singles);
        wide = List.copyOf(wide);
    }

    /** Of the parts that inputs give side by side. */
    static Tokens of(List<Part> parts, Inputs inputs, int width) {
        List<Span> singles = new ArrayList<>();
        List<Span> wide = new ArrayList<>();
        List<Integer> columns =
                inputs.sources().stream().map(InputGroup.Source::part).toList();
        int end = 0;
        for (int from = 0; from < columns.size(); from = end) {
            int part = columns.get(from);
            while (end < columns.size() && columns.get(end) == part) {
                end++;
            }
            int length = end - from;
            boolean vector = parts.get(part) instanceof Part.Embedded && length == width;
            (length == 1 ? singles : wide).add(new Span(part, from, length, !vector));
        }
        return new Tokens(singles, wide, width);
    }

    private List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        singles.forEach(span -> order.add(span.part()));
        wide.forEach(span -> order.add(span.part()));
        return order;
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        double bound = 1 / StrictMath.sqrt(width);
        weights.put(CLASS, Linear.even(random, bound, width), true, 1, width);
        if (!singles.isEmpty()) {
            weights.put(SINGLES, Linear.even(random, bound, singles.size() * width), true, singles.size(), width);
        }
        for (Span span : wide) {
            if (span.mapped()) {
                weights.put(
                        span.weight(),
                        Linear.even(random, bound, Math.multiplyExact(span.length(), width)),
                        true,
                        span.length(),
                        width);
            }
        }
        int tokens = singles.size() + wide.size();
        weights.put(BIAS, Linear.even(random, bound, tokens * width), true, tokens, width);
    }

    /**
     * Takes over what a fitted network learnt of the same parts. A place that a vocabulary has anew begins with 0, as what
     * the fitted one knew nothing of.
     */
    void inherit(Weights weights, Tokens older, Weights from, Ancestry ancestry) {
        System.arraycopy(from.get(CLASS).values(), 0, weights.get(CLASS).values(), 0, width);
        ancestry.slices(from.get(BIAS), older.order(), weights.get(BIAS), order());
        if (!singles.isEmpty()) {
            ancestry.slices(
                    from.get(SINGLES),
                    older.singles.stream().map(Span::part).toList(),
                    weights.get(SINGLES),
                    singles.stream().map(Span::part).toList());
        }
        for (Span span : wide) {
            for (Span before : older.wide) {
                if (span.mapped() && before.part() == ancestry.of(span.part())) {
                    float[] own = weights.get(span.weight()).values();
                    float[] values = from.get(before.weight()).values();
                    Arrays.fill(own, 0);
                    System.arraycopy(values, 0, own, 0, values.length);
                }
            }
        }
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        var tokens = new TensorVector();
        if (!singles.isEmpty()) {
            long[] columns = singles.stream().mapToLong(Span::offset).toArray();
            tokens.push_back(
                    rows.index_select(1, torch.tensor(columns)).unsqueeze(2).mul(parameters.get(SINGLES)));
        }
        for (Span span : wide) {
            Tensor own = rows.narrow(1, span.offset(), span.length());
            tokens.push_back((span.mapped() ? torch.matmul(own, parameters.get(span.weight())) : own).unsqueeze(1));
        }
        Tensor each = torch.cat(tokens, 1).add(parameters.get(BIAS));
        Tensor first = torch.zeros(rows.size(0), 1, width).add(parameters.get(CLASS));
        return torch.cat(new TensorVector(first, each), 1);
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        List<String> tokens = new ArrayList<>();
        if (!singles.isEmpty()) {
            long[] columns = singles.stream().mapToLong(Span::offset).toArray();
            String numbers = graph.node(
                    "Gather",
                    NAME + "/numbers",
                    List.of(rows, graph.axes(NAME + "/columns", columns)),
                    Attributes.of("axis", 1));
            String each = graph.node("Unsqueeze", NAME + "/each", List.of(numbers, graph.axes(NAME + "/last", 2)));
            tokens.add(graph.node("Mul", NAME + "/mapped", List.of(each, constant(graph, weights, SINGLES))));
        }
        String axis = graph.axes(NAME + "/axis", 1);
        for (Span span : wide) {
            String own = slice(graph, NAME + "/part", rows, span.offset(), span.offset() + span.length());
            String mapped = span.mapped()
                    ? graph.node("MatMul", NAME + "/mapped", List.of(own, constant(graph, weights, span.weight())))
                    : own;
            tokens.add(graph.node("Unsqueeze", NAME + "/token", List.of(mapped, axis)));
        }
        String together = graph.node("Concat", NAME + "/together", tokens, Attributes.of("axis", 1));
        String each = graph.node("Add", NAME + "/moved", List.of(together, constant(graph, weights, BIAS)));
        String size = graph.node("Shape", NAME + "/size", List.of(rows), Attributes.of("end", 1));
        String shape = graph.node(
                "Concat",
                NAME + "/class/shape",
                List.of(size, graph.axes(NAME + "/class/token", 1, width)),
                Attributes.of("axis", 0));
        String first = graph.node("Expand", NAME + "/class", List.of(constant(graph, weights, CLASS), shape));
        return graph.node("Concat", NAME, List.of(first, each), Attributes.of("axis", 1));
    }

    private static String constant(Graph graph, Weights weights, String parameter) {
        Weights.Values values = weights.get(parameter);
        return graph.constant(parameter, values.values(), values.shape());
    }

    /** Writes some places of the second dimension. */
    static String slice(Graph graph, String name, String value, int from, int to) {
        return graph.node(
                "Slice",
                name,
                List.of(
                        value,
                        graph.axes(name + "/from", from),
                        graph.axes(name + "/to", to),
                        graph.axes(name + "/axis", 1)));
    }
}
