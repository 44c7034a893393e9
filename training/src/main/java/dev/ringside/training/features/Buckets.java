package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A number as one of buckets that hold equally many training rows; a missing one has a bucket of its own, the last.
 *
 * @param feature the raw column
 * @param edges where a new bucket begins, rising: a number is in the bucket behind the edges that it reaches
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Buckets(FeatureSpec feature, double[] edges) implements Encoding {
    /**
     * What to learn.
     *
     * @param count how many buckets there can be; a skewed column has fewer, as equal edges are one
     */
    public record Settings(int count) implements Representation {
        @Override
        public Buckets fit(FeatureSpec feature, Column column, double[] targets) {
            double[] sorted = Values.sorted(column, feature.missing());
            double[] edges = new double[count - 1];
            for (int i = 1; i < count; i++) {
                edges[i - 1] = sorted[(int) Math.min(sorted.length - 1, (long) i * sorted.length / count)];
            }
            return new Buckets(
                    feature,
                    Arrays.stream(edges)
                            .distinct()
                            .filter(edge -> edge > sorted[0])
                            .toArray());
        }
    }

    @Override
    public Part part() {
        return new Part.OneHot(edges.length + 2);
    }

    @Override
    public Block.Index encode(Column column) {
        int[] places = new int[column.size()];
        for (int row = 0; row < places.length; row++) {
            double number = Values.number(column, row);
            places[row] = Missing.is(feature, number) ? edges.length + 1 : reached(number);
        }
        return new Block.Index(places);
    }

    private int reached(double number) {
        int reached = 0;
        while (reached < edges.length && number >= edges[reached]) {
            reached++;
        }
        return reached;
    }

    @Override
    public String export(Graph graph, String raw) {
        String name = feature.name();
        String number = graph.cast(name + "/fp64", raw, DataType.FP64);
        String reached = graph.node(
                "GreaterOrEqual",
                name + "/reached",
                List.of(number, graph.constant(name + "/edges", edges, 1, edges.length)));
        String ones = graph.cast(name + "/ones", reached, DataType.INT64);
        String bucket = graph.node("ReduceSum", name + "/bucket", List.of(ones, graph.axes(name + "/axis", 1)));
        String last = graph.constant(name + "/last", new long[] {edges.length + 1}, 1);
        String place = graph.node("Where", name + "/place", List.of(Missing.is(graph, feature, number), last, bucket));
        return Places.oneHot(
                graph, name, place, LongStream.rangeClosed(0, edges.length + 1).toArray());
    }
}
