package dev.ringside.training.drift;

import dev.ringside.training.distribution.ChiSquared;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The same bins counted in reference data and in current data, and every distance between the two.
 *
 * @param reference rows of each bin, none below 0
 * @param current rows of each bin, none below 0
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
public record Histogram(double[] reference, double[] current) {
    /** The least share in {@link #psiFloored()}. */
    private static final double FLOOR = 1e-4;

    public Histogram {
        if (reference.length != current.length) {
            throw new IllegalArgumentException("the reference has " + reference.length + " bins and the current data "
                    + current.length + ", expected the same bins");
        }
        requireRows("reference", reference);
        requireRows("current", current);
    }

    private static void requireRows(String what, double[] counts) {
        for (int bin = 0; bin < counts.length; bin++) {
            if (!(counts[bin] >= 0 && Double.isFinite(counts[bin]))) {
                throw new IllegalArgumentException(
                        what + " count of bin " + bin + " is " + counts[bin] + ", expected rows, none below 0");
            }
        }
        if (Arrays.stream(counts).sum() == 0) {
            throw new IllegalArgumentException("the " + what + " data have no rows, expected some to compare");
        }
    }

    /**
     * The population stability index Σ (q − p) ln(q/p) with half a row added to each bin: the one that gates use. An
     * empty bin then counts by how many rows could have fallen into it, where a fixed floor makes the same much of an
     * empty bin among a hundred rows and among a million.
     */
    public double psi() {
        return psi(halfAdded(reference), halfAdded(current));
    }

    /** The population stability index with shares held at 1e-4 or more and not scaled again: a common spelling. */
    public double psiFloored() {
        return psi(floored(reference), floored(current));
    }

    /**
     * What {@link #psi()} is on average without any drift, (bins that hold rows − 1)(1/n + 1/m) by the χ²
     * approximation: where the data are few, a threshold below a few times this stops everything.
     */
    public double psiWithoutDrift() {
        long bins = IntStream.range(0, reference.length)
                .filter(bin -> reference[bin] + current[bin] > 0)
                .count();
        return (bins - 1)
                * (1 / Arrays.stream(reference).sum()
                        + 1 / Arrays.stream(current).sum());
    }

    private static double psi(double[] p, double[] q) {
        double sum = 0;
        for (int bin = 0; bin < p.length; bin++) {
            sum += (q[bin] - p[bin]) * StrictMath.log(q[bin] / p[bin]);
        }
        return sum;
    }

    /** The Jensen-Shannon divergence in bits, 0 to 1 (Lin 1991). */
    public double jensenShannon() {
        double[] p = shares(reference);
        double[] q = shares(current);
        double sum = 0;
        for (int bin = 0; bin < p.length; bin++) {
            double middle = (p[bin] + q[bin]) / 2;
            sum += relative(p[bin], middle) + relative(q[bin], middle);
        }
        return StrictMath.max(0, sum / 2 / StrictMath.log(2));
    }

    private static double relative(double share, double to) {
        return share == 0 ? 0 : share * StrictMath.log(share / to);
    }

    /** The total variation, the share of rows that would have to change bins, 0 to 1. */
    public double totalVariation() {
        double[] p = shares(reference);
        double[] q = shares(current);
        double sum = 0;
        for (int bin = 0; bin < p.length; bin++) {
            sum += StrictMath.abs(p[bin] - q[bin]);
        }
        return sum / 2;
    }

    /** Pearson's test that both were drawn from one distribution, over the bins that hold rows. */
    public TestResult chiSquared() {
        double n = Arrays.stream(reference).sum();
        double m = Arrays.stream(current).sum();
        double statistic = 0;
        int bins = 0;
        for (int bin = 0; bin < reference.length; bin++) {
            double both = reference[bin] + current[bin];
            if (both > 0) {
                bins++;
                double expected = both * n / (n + m);
                double miss = reference[bin] - expected;
                statistic += miss * miss / expected + miss * miss / (both - expected);
            }
        }
        return new TestResult(statistic, ChiSquared.survival(statistic, bins - 1));
    }

    private static double[] shares(double[] counts) {
        double all = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> count / all).toArray();
    }

    private static double[] halfAdded(double[] counts) {
        return shares(Arrays.stream(counts).map(count -> count + 0.5).toArray());
    }

    private static double[] floored(double[] counts) {
        return Arrays.stream(shares(counts))
                .map(share -> StrictMath.max(share, FLOOR))
                .toArray();
    }
}
