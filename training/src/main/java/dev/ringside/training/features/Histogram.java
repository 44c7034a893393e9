package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;

/**
 * A list of numbers, of any length, as its empirical distribution: the share of its numbers that reach each edge, the
 * edges being quantiles of all training rows' numbers. Of an empty list all shares are 0.
 *
 * @param feature the raw column
 * @param edges the edges, rising
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Histogram(FeatureSpec feature, double[] edges) implements Encoding {
    /**
     * What to learn.
     *
     * @param bins how many bins there can be; equal edges are one
     */
    public record Settings(int bins) implements Representation {
        @Override
        public Histogram fit(FeatureSpec feature, Column column, double[] targets) {
            double[] sorted = Values.listed(column);
            if (sorted.length == 0) {
                throw new Unrepresentable("is empty in every training row: leave it out");
            }
            double[] edges = new double[bins];
            for (int i = 0; i < bins; i++) {
                edges[i] = sorted[(int) ((long) i * sorted.length / bins)];
            }
            return new Histogram(feature, Arrays.stream(edges).distinct().toArray());
        }
    }

    @Override
    public Part part() {
        return new Part.Numbers(edges.length);
    }

    @Override
    public Block.Dense encode(Column column) {
        float[] encoded = new float[column.size() * edges.length];
        for (int row = 0; row < column.size(); row++) {
            double[] numbers = Values.list(column, row);
            for (int i = 0; i < edges.length; i++) {
                double edge = edges[i];
                long reach =
                        Arrays.stream(numbers).filter(number -> number >= edge).count();
                encoded[row * edges.length + i] = numbers.length == 0 ? 0 : (float) ((double) reach / numbers.length);
            }
        }
        return new Block.Dense(edges.length, encoded);
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        String numbers = graph.cast(name + "/fp64", raw, DataType.FP64);
        String each = graph.node("Unsqueeze", name + "/each", List.of(numbers, graph.axes(name + "/last", 2)));
        // NaN reaches no edge, so that only numbers that are there are counted.
        String reached = graph.node(
                "GreaterOrEqual",
                name + "/reached",
                List.of(each, graph.constant(name + "/edges", edges, 1, 1, edges.length)));
        String axis = graph.axes(name + "/axis", 1);
        String reaching = graph.node(
                "ReduceSum",
                name + "/reaching",
                List.of(graph.cast(name + "/ones", reached, DataType.FP64), axis),
                Attributes.of("keepdims", 0));
        String there =
                graph.node("Not", name + "/present", List.of(graph.node("IsNaN", name + "/none", List.of(numbers))));
        String count = graph.node(
                "ReduceSum", name + "/count", List.of(graph.cast(name + "/there", there, DataType.FP64), axis));
        String divisor = graph.node("Max", name + "/divisor", List.of(count, graph.constant(name + "/one", 1.0)));
        String shares = graph.node("Div", name + "/shares", List.of(reaching, divisor));
        return graph.cast(name + "/fp32", shares, DataType.FP32);
    }
}
