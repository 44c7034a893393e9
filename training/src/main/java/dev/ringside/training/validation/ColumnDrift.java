package dev.ringside.training.validation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far one column moved from the training part to another.
 *
 * @param column its name
 * @param part the other part, such as {@code test}
 * @param psi the population stability index over its bins
 * @param psiWithoutDrift what the index is on average where nothing moves
 * @param ks of numbers, the distance of Kolmogorov and Smirnov; null for texts, and where a part has no number
 * @param jensenShannon the Jensen-Shannon divergence over its bins, in bits
 * @param totalVariation the total variation over its bins
 * @param p how likely bins as different would be without drift, by the χ² test
 * @param bins shares of the training part and of the other
 * @param excesses the measures beyond their limits, none where chance may have done it
 */
public record ColumnDrift(
        String column,
        String part,
        double psi,
        double psiWithoutDrift,
        @Nullable Double ks,
        double jensenShannon,
        double totalVariation,
        double p,
        List<Bin> bins,
        List<Excess> excesses) {
    public ColumnDrift {
        bins = List.copyOf(bins);
        excesses = List.copyOf(excesses);
    }

    /**
     * One bin.
     *
     * @param values what falls into it, in words
     * @param train the share of the training part
     * @param other the share of the other part
     */
    public record Bin(String values, double train, double other) {}

    /**
     * A measure beyond its limit.
     *
     * @param measure its name
     * @param key its key in a document
     * @param value the measure
     * @param limit the limit
     */
    public record Excess(String measure, String key, double value, double limit) {}

    /** The complaint as a sentence. */
    String words() {
        return "drift: column '" + column + "' moved between train and " + part + ": "
                + excesses.stream()
                        .map(excess -> excess.measure() + " " + Words.figure(excess.value()) + ", at most "
                                + Words.number(excess.limit(), false) + " expected (drift." + excess.key() + ")")
                        .collect(Collectors.joining("; "));
    }
}
