package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.List;

/**
 * A number as it is, NaN where it is missing: for trees, which only ask on which side of a threshold it lies and learn
 * where missing ones go. Whole numbers too large for FP32 to tell apart are told by their distance from the median.
 *
 * @param feature the raw column
 * @param offset what is subtracted, in FP64: 0, or the training rows' median
 */
public record Raw(FeatureSpec feature, double offset) implements Numeric {
    /** The largest whole number up to which FP32 has them all. */
    private static final double EXACT = 0x1p24;

    /** Nothing to choose. */
    public record Settings() implements Representation {
        @Override
        public Raw fit(FeatureSpec feature, Column column, double[] targets) {
            double[] sorted = Values.sorted(column, feature.missing());
            boolean exact = !(column instanceof Column.Integers)
                    || Arrays.stream(sorted).allMatch(value -> Math.abs(value) <= EXACT);
            return new Raw(feature, exact ? 0 : sorted[sorted.length / 2]);
        }
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature, raw) ? Double.NaN : raw - offset;
    }

    /** Numbers that are shown as they are, are shown by the very array. */
    @Override
    public Block.Dense encode(Column column) {
        return offset == 0 && feature.missing() == null && column instanceof Column.Numbers(float[] values)
                ? new Block.Dense(1, values)
                : Numeric.super.encode(column);
    }

    @Override
    public String apply(Graph graph, String raw) {
        String name = feature.name();
        String number = offset == 0
                ? raw
                : graph.node("Sub", name + "/centred", List.of(raw, graph.constant(name + "/median", offset)));
        return feature.missing() == null ? number : Missing.filled(graph, feature, raw, number, Double.NaN);
    }
}
