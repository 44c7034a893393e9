package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * A number minus the training rows' mean, over their standard deviation (divisor n). A missing one becomes what stands for
 * it.
 *
 * @param feature the raw column
 * @param mean mean of the training rows that have one
 * @param deviation their standard deviation; 1 where they are all the same
 * @param filling what a missing one becomes: 0 for the mean
 */
public record Standardised(FeatureSpec feature, double mean, double deviation, double filling) implements Numeric {
    /** Learns mean and deviation; a missing one is at the mean. */
    public static Standardised fit(FeatureSpec feature, Column column, double[] targets) {
        return of(feature, Values.numbers(column, feature.missing()));
    }

    /**
     * What to learn.
     *
     * @param imputation what stands for a missing number
     */
    public record Settings(Imputation imputation) implements Representation {
        @Override
        public Standardised fit(FeatureSpec feature, Column column, double[] targets) {
            Standardised fitted = Standardised.fit(feature, column, targets);
            double filling = fitted.scaled(imputation.of(Values.sorted(column, feature.missing()), fitted.mean()));
            return new Standardised(feature, fitted.mean(), fitted.deviation(), filling);
        }
    }

    /** What stands for a missing number. */
    public sealed interface Imputation {
        /**
         * The number.
         *
         * @param sorted the training rows' numbers, rising
         * @param mean their mean
         */
        double of(double[] sorted, double mean);

        /** The mean. */
        record Mean() implements Imputation {
            @Override
            public double of(double[] sorted, double mean) {
                return mean;
            }
        }

        /** The median, the upper one of two. */
        record Median() implements Imputation {
            @Override
            public double of(double[] sorted, double mean) {
                return sorted[sorted.length / 2];
            }
        }

        /**
         * A number that the document says.
         *
         * @param value the number
         */
        record Constant(double value) implements Imputation {
            @Override
            public double of(double[] sorted, double mean) {
                return value;
            }
        }
    }

    static Standardised of(FeatureSpec feature, double[] numbers) {
        if (numbers.length == 0) {
            throw new Unrepresentable("is missing in every training row: leave it out");
        }
        Moments moments = Moments.of(numbers);
        return new Standardised(feature, moments.mean(), moments.deviation(), 0);
    }

    double scaled(double number) {
        return (number - mean) / deviation;
    }

    @Override
    public double apply(double raw) {
        return Missing.is(feature, raw) ? filling : scaled(raw);
    }

    /** Writes the scaling of a value, FP64. */
    String scaled(Graph graph, String value) {
        String name = feature.name();
        String centred = graph.node("Sub", name + "/centred", List.of(value, graph.constant(name + "/mean", mean)));
        return graph.node(
                "Div", name + "/standardised", List.of(centred, graph.constant(name + "/deviation", deviation)));
    }

    @Override
    public String apply(Graph graph, String raw) {
        return Missing.filled(graph, feature, raw, scaled(graph, raw), filling);
    }
}
