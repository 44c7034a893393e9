package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * The logarithm of a skewed number, sign(x) · ln(1 + |x|), standardised. A missing one becomes 0, the mean.
 *
 * @param standardised by what the logarithms are standardised
 */
public record Logged(Standardised standardised) implements Numeric {
    /** Learns mean and deviation of the logarithms. */
    public static Logged fit(FeatureSpec feature, Column column, double[] targets) {
        double[] numbers = Values.numbers(column, feature.missing());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = log(numbers[i]);
        }
        return new Logged(Standardised.of(feature, numbers));
    }

    @Override
    public FeatureSpec feature() {
        return standardised.feature();
    }

    private static double log(double number) {
        return Math.signum(number) * StrictMath.log1p(Math.abs(number));
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature(), raw) ? 0 : standardised.scaled(log(raw));
    }

    @Override
    public String apply(Graph graph, String raw) {
        String name = feature().name();
        String size = graph.node("Abs", name + "/size", List.of(raw));
        String more = graph.node("Add", name + "/more", List.of(size, graph.constant(name + "/one", 1.0)));
        String log = graph.node("Log", name + "/log", List.of(more));
        String signed =
                graph.node("Mul", name + "/signed", List.of(graph.node("Sign", name + "/sign", List.of(raw)), log));
        return Missing.filled(graph, feature(), raw, standardised.scaled(graph, signed), 0);
    }
}
