package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * A number mapped so that a range of the training rows becomes −1 to 1. What lies outside is held to it where asked for,
 * and goes on beyond it else. A missing one becomes 0.
 *
 * @param feature the raw column
 * @param low what becomes −1
 * @param high what becomes 1, above low
 * @param clipped whether numbers outside are held to the range
 */
public record Ranged(FeatureSpec feature, double low, double high, boolean clipped) implements Numeric {
    /**
     * What to learn.
     *
     * @param clip the share of training rows that is held to the range at either end, 0 to .5; 0 for least and greatest
     */
    public record Settings(double clip) implements Representation {
        @Override
        public Ranged fit(FeatureSpec feature, Column column, double[] targets) {
            double[] sorted = Values.sorted(column, feature.missing());
            double low = sorted[(int) (clip * (sorted.length - 1))];
            double high = sorted[(int) Math.ceil((1 - clip) * (sorted.length - 1))];
            return new Ranged(feature, low, high > low ? high : low + 1, clip > 0);
        }
    }

    @Override
    public double apply(double raw) {
        if (Missing.is(feature, raw)) {
            return 0;
        }
        double held = clipped ? Math.clamp(raw, low, high) : raw;
        return (held - low) / (high - low) * 2 - 1;
    }

    @Override
    public String apply(Graph graph, String raw) {
        String name = feature.name();
        String held = raw;
        if (clipped) {
            String least = graph.scalar(name + "/least", low);
            held = graph.node("Clip", name + "/held", List.of(raw, least, graph.scalar(name + "/most", high)));
        }
        String above = graph.node("Sub", name + "/above", List.of(held, graph.constant(name + "/low", low)));
        String share = graph.node("Div", name + "/share", List.of(above, graph.constant(name + "/range", high - low)));
        String twice = graph.node("Mul", name + "/twice", List.of(share, graph.constant(name + "/two", 2.0)));
        String ranged = graph.node("Sub", name + "/ranged", List.of(twice, graph.constant(name + "/one", 1.0)));
        return Missing.filled(graph, feature, raw, ranged, 0);
    }
}
