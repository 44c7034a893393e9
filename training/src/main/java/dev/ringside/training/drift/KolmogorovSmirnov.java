package dev.ringside.training.drift;

import dev.ringside.training.distribution.Kolmogorov;
import java.util.Arrays;

/** The two-sample test of Kolmogorov and Smirnov: the largest distance of two empirical distribution functions. */
public final class KolmogorovSmirnov {
    /** Up to this product of sizes paths are counted; beyond it the limit is as good. */
    private static final long EXACT_UP_TO = 4_000_000;

    private KolmogorovSmirnov() {}

    /**
     * The test; its p is exact for small samples without ties, and too great with ties.
     *
     * @param reference finite numbers or infinities, at least one; missing ones (NaN) are left out
     * @param current likewise
     * @throws IllegalArgumentException if there is no number in one of them
     */
    public static TestResult of(double[] reference, double[] current) {
        double[] first = sorted("reference", reference);
        double[] second = sorted("current", current);
        long distance = distance(first, second);
        double n = first.length;
        double m = second.length;
        double statistic = distance / (n * m);
        double p = n * m <= EXACT_UP_TO
                ? Kolmogorov.exactSurvival(distance, first.length, second.length)
                : limit(statistic, n, m);
        return new TestResult(statistic, p);
    }

    static double limit(double statistic, double n, double m) {
        return Kolmogorov.survival(StrictMath.sqrt(n * m / (n + m)) * statistic);
    }

    private static double[] sorted(String what, double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("the " + what + " data have no numbers, expected some to compare");
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** The distance in whole steps of 1/(n·m), so that equal distances are equal. */
    private static long distance(double[] first, double[] second) {
        long largest = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double value = StrictMath.min(first[i], second[j]);
            while (i < first.length && first[i] <= value) {
                i++;
            }
            while (j < second.length && second[j] <= value) {
                j++;
            }
            largest = StrictMath.max(largest, StrictMath.abs((long) i * second.length - (long) j * first.length));
        }
        return largest;
    }
}
