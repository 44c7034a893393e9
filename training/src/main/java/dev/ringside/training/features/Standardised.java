package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * A number minus the training rows' mean, over their standard deviation (divisor n). A missing one becomes 0, the mean.
 *
 * @param feature the raw column
 * @param mean mean of the training rows that have one
 * @param deviation their standard deviation; 1 where they are all the same
 */
public record Standardised(FeatureSpec feature, double mean, double deviation) implements Numeric {
    /** Learns mean and deviation. */
    public static Standardised fit(FeatureSpec feature, Column column, double[] targets) {
        double[] numbers = Values.numbers(column, feature.missing());
        if (numbers.length == 0) {
            throw new Unrepresentable("is missing in every training row: leave it out");
        }
        double sum = 0;
        for (double value : numbers) {
            sum += value;
        }
        double mean = sum / numbers.length;
        double squares = 0;
        for (double value : numbers) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = StrictMath.sqrt(squares / numbers.length);
        return new Standardised(feature, mean, deviation > 0 ? deviation : 1);
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature, raw) ? 0 : (raw - mean) / deviation;
    }

    @Override
    public String apply(Graph graph, String raw) {
        String name = feature.name();
        String centred = graph.node("Sub", name + "/centred", List.of(raw, graph.constant(name + "/mean", mean)));
        String scaled = graph.node(
                "Div", name + "/standardised", List.of(centred, graph.constant(name + "/deviation", deviation)));
        return Missing.filled(graph, feature, raw, scaled, 0);
    }
}
