package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;

/**
 * A number that a network embeds by how far it is through bins of equally many training rows
 * ({@link Part.Piecewise}). It is told by its distance from the median, so that FP32 is enough for the edges of large
 * numbers that lie close together. A missing one is at the median.
 *
 * @param feature the raw column
 * @param median the training rows' median
 * @param part the bins, from the median
 */
public record PiecewiseLinear(FeatureSpec feature, double median, Part.Piecewise part) implements Numeric {
    /**
     * What to learn.
     *
     * @param bins how many bins there can be; a skewed column has fewer, as equal edges are one
     * @param dimensions length of a vector; 0 for the bins themselves
     */
    public record Settings(int bins, int dimensions) implements Representation {
        @Override
        public PiecewiseLinear fit(FeatureSpec feature, Column column, double[] targets) {
            double[] sorted = Values.sorted(column, feature.missing());
            double median = sorted[sorted.length / 2];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] -= median;
            }
            float[] edges = Quantiles.edges(sorted, bins);
            if (edges.length < Math.min(8, bins)) {
                // So skewed that most rows are one value: the distinct values have quantiles too.
                edges = Quantiles.edges(Arrays.stream(sorted).distinct().toArray(), bins);
            }
            if (edges.length < 2) {
                throw new Unrepresentable("is the same in all training rows, which makes no bin: leave it out");
            }
            return new PiecewiseLinear(feature, median, new Part.Piecewise(edges, dimensions));
        }
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature, raw) ? 0 : raw - median;
    }

    @Override
    public String apply(Graph graph, String raw) {
        String name = feature.name();
        String centred = graph.node("Sub", name + "/centred", List.of(raw, graph.constant(name + "/median", median)));
        return Missing.filled(graph, feature, raw, centred, 0);
    }
}
