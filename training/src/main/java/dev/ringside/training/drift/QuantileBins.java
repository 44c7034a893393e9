package dev.ringside.training.drift;

import dev.ringside.training.evaluation.Quantile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Bins of a number column between the quantiles of reference data, each from its lower edge up to, but not at, its
 * upper one, and a last bin for what is missing (NaN).
 *
 * <p>Quantiles that are equal make one edge, so a value that fills several bins shares one with what lies between it
 * and the next edge; a change within that bin is for {@link KolmogorovSmirnov} to see.
 */
public final class QuantileBins {
    private final double[] edges;

    private QuantileBins(double[] edges) {
        this.edges = edges;
    }

    /**
     * Bins that hold about as many rows of the reference each.
     *
     * @param reference the column; missing values take no part in the edges
     * @param bins how many, from 2; fewer come out where values repeat
     */
    public static QuantileBins of(double[] reference, int bins) {
        if (bins < 2) {
            throw new IllegalArgumentException("bins is " + bins + ", expected 2 or more");
        }
        double[] sorted = Arrays.stream(reference)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        DoubleStream edges = sorted.length == 0
                ? DoubleStream.empty()
                : IntStream.range(1, bins).mapToDouble(bin -> Quantile.of(sorted, (double) bin / bins) + 0.0);
        return new QuantileBins(edges.distinct().toArray());
    }

    /** Counts both data in the same bins. */
    public Histogram histogram(double[] reference, double[] current) {
        return new Histogram(count(reference), count(current));
    }

    private double[] count(double[] values) {
        double[] counts = new double[edges.length + 2];
        for (double value : values) {
            counts[bin(value)]++;
        }
        return counts;
    }

    /** What falls into each bin, in words. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int bin = 0; bin <= edges.length; bin++) {
            if (edges.length == 0) {
                names.add("any number");
            } else if (bin == 0) {
                names.add("below " + words(edges[0]));
            } else if (bin == edges.length) {
                names.add(words(edges[bin - 1]) + " or more");
            } else {
                names.add(words(edges[bin - 1]) + " to " + words(edges[bin]));
            }
        }
        names.add("missing");
        return names;
    }

    private static String words(double edge) {
        return new BigDecimal(edge)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The bin of a value; the last one where it is missing. */
    public int bin(double value) {
        if (Double.isNaN(value)) {
            return edges.length + 1;
        }
        // + 0.0: to a binary search −0 lies below 0.
        int found = Arrays.binarySearch(edges, value + 0.0);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
