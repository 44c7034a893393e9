package dev.ringside.training.validation;

import dev.ringside.training.drift.CategoryBins;
import dev.ringside.training.drift.Histogram;
import dev.ringside.training.drift.KolmogorovSmirnov;
import dev.ringside.training.drift.QuantileBins;
import dev.ringside.training.validation.ColumnDrift.Bin;
import dev.ringside.training.validation.ColumnDrift.Excess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures how far columns moved, in bins that the training part makes. */
final class DriftCheck {
    /** Bins that differ by chance as much as this are no drift, however great the index of a few rows. */
    static final double BY_CHANCE = 0.001;

    private static final String RARE = "all rarer ones";

    private final DriftSettings settings;

    DriftCheck(DriftSettings settings) {
        this.settings = settings;
    }

    /** One column in the training part and in another; both hold an item at least. */
    ColumnDrift measure(String column, String part, Items train, Items other) {
        if (train instanceof Items.Numbers reference && other instanceof Items.Numbers current) {
            QuantileBins bins = QuantileBins.of(reference.values(), settings.bins());
            Histogram histogram = bins.histogram(reference.values(), current.values());
            return drift(column, part, histogram, bins.names(), ks(reference.values(), current.values()));
        }
        if (train instanceof Items.Texts reference && other instanceof Items.Texts current) {
            Map<String, Integer> counts = reference.counts();
            Set<String> shown = commonest(counts);
            @Nullable String[] from = merged(reference, counts, shown);
            CategoryBins bins = CategoryBins.of(from);
            Histogram histogram = bins.histogram(from, merged(current, counts, shown));
            return drift(column, part, histogram, bins.names(), null);
        }
        throw new IllegalArgumentException("column '" + column + "' is of two types");
    }

    private static @Nullable Double ks(double[] reference, double[] current) {
        boolean both = Arrays.stream(reference).anyMatch(value -> !Double.isNaN(value))
                && Arrays.stream(current).anyMatch(value -> !Double.isNaN(value));
        return both ? (Double) KolmogorovSmirnov.of(reference, current).statistic() : null;
    }

    private static Set<String> commonest(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Schema.MOST_TEXTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The texts with those that the training part has, but seldom, as one: bins of a row or two would all be noise. */
    private static @Nullable String[] merged(Items.Texts texts, Map<String, Integer> known, Set<String> shown) {
        return texts.values(text -> shown.contains(text) || !known.containsKey(text) ? text : RARE);
    }

    private ColumnDrift drift(
            String column, String part, Histogram histogram, List<String> names, @Nullable Double ks) {
        double psi = histogram.psi();
        double jensenShannon = histogram.jensenShannon();
        double totalVariation = histogram.totalVariation();
        double p = histogram.chiSquared().p();
        DriftLimits limits = settings.of(column);
        List<Excess> excesses = new ArrayList<>();
        if (p < BY_CHANCE) {
            add(excesses, "PSI", "psi", psi, limits.psi());
            add(excesses, "KS distance", "ks", ks, limits.ks());
            add(excesses, "Jensen-Shannon divergence", "js", jensenShannon, limits.jensenShannon());
            add(excesses, "total variation", "total_variation", totalVariation, limits.totalVariation());
        }
        double train = Arrays.stream(histogram.reference()).sum();
        double other = Arrays.stream(histogram.current()).sum();
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < names.size(); bin++) {
            double from = histogram.reference()[bin];
            double to = histogram.current()[bin];
            if (from + to > 0) {
                bins.add(new Bin(names.get(bin), from / train, to / other));
            }
        }
        return new ColumnDrift(
                column, part, psi, histogram.psiWithoutDrift(), ks, jensenShannon, totalVariation, p, bins, excesses);
    }

    private static void add(
            List<Excess> excesses, String measure, String key, @Nullable Double value, @Nullable Double limit) {
        if (value != null && limit != null && value > limit) {
            excesses.add(new Excess(measure, key, value, limit));
        }
    }
}
