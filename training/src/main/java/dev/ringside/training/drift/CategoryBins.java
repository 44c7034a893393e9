package dev.ringside.training.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Bins of a category column: one for each category of reference data, one for all others, one for what is missing. */
public final class CategoryBins {
    private final Map<String, Integer> bins;

    private CategoryBins(Map<String, Integer> bins) {
        this.bins = bins;
    }

    /** The categories that the reference has. */
    public static CategoryBins of(@Nullable String[] reference) {
        TreeSet<String> categories = new TreeSet<>();
        for (String value : reference) {
            if (value != null) {
                categories.add(value);
            }
        }
        Map<String, Integer> bins = new HashMap<>();
        categories.forEach(category -> bins.put(category, bins.size()));
        return new CategoryBins(bins);
    }

    /** Counts both data in the same bins. */
    public Histogram histogram(@Nullable String[] reference, @Nullable String[] current) {
        return new Histogram(count(reference), count(current));
    }

    /** What falls into each bin, in words. */
    public List<String> names() {
        List<String> names = new ArrayList<>(new TreeSet<>(bins.keySet()));
        names.add("others");
        names.add("missing");
        return names;
    }

    private double[] count(@Nullable String[] values) {
        double[] counts = new double[bins.size() + 2];
        for (String value : values) {
            counts[value == null ? bins.size() + 1 : bins.getOrDefault(value, bins.size())]++;
        }
        return counts;
    }
}
