package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;

/**
 * 1 where a number is missing, else 0.
 *
 * @param feature the raw column
 */
public record MissingIndicator(FeatureSpec feature) implements Numeric {
    /** Learns nothing. */
    public static MissingIndicator fit(FeatureSpec feature, Column column, double[] targets) {
        return new MissingIndicator(feature);
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature, raw) ? 1 : 0;
    }

    @Override
    public String apply(Graph graph, String raw) {
        return graph.cast(feature.name() + "/indicator", Missing.is(graph, feature, raw), DataType.FP64);
    }
}
