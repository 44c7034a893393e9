package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;

/**
 * A standardised number that a network embeds by learnt sines and cosines ({@link Part.Periodic}).
 *
 * @param standardised the number
 * @param part what is learnt
 */
public record Periodic(Standardised standardised, Part.Periodic part) implements Numeric {
    /**
     * What to learn.
     *
     * @param frequencies how many
     * @param sigma standard deviation of the frequencies to begin with
     * @param dimensions length of a vector
     */
    public record Settings(int frequencies, double sigma, int dimensions) implements Representation {
        @Override
        public Periodic fit(FeatureSpec feature, Column column, double[] targets) {
            return new Periodic(
                    Standardised.fit(feature, column, targets), new Part.Periodic(frequencies, sigma, dimensions));
        }
    }

    @Override
    public FeatureSpec feature() {
        return standardised.feature();
    }

    @Override
    public double apply(double raw) {
        return standardised.apply(raw);
    }

    @Override
    public String apply(Graph graph, String raw) {
        return standardised.apply(graph, raw);
    }
}
