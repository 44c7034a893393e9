package dev.ringside.training.evaluation;

import dev.ringside.training.distribution.Normal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Percentile intervals from resampled rows (Efron and Tibshirani 1993, chapter 13), the same resamples for every
 * statistic, so that a difference of two models on the same rows is a paired one.
 *
 * <p>A resample is a weight a row: how often the row was drawn, times its own weight. Equal seeds give equal intervals,
 * whichever other statistics are asked for. Of more than 10,000 rows resamples show what the statistic's linearisation
 * does (Efron's infinitesimal jackknife, chapter 22) in a thousandth of the time: value ± z·se by each row's influence.
 *
 * @param seed of the resamples
 * @param repetitions how many resamples, from 100
 * @param level the share of intervals that hold the true value, such as .95
 */
public record Bootstrap(long seed, int repetitions, double level) {
    private static final int LEAST = 100;
    private static final int RESAMPLED = 10_000;

    /** A thousand resamples, intervals of level .95. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(seed, 1_000, 0.95);
    }

    public Bootstrap {
        if (repetitions < LEAST) {
            throw new IllegalArgumentException(
                    "repetitions is " + repetitions + ", expected " + LEAST + " or more: fewer show no tails");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is " + level + ", expected a share above 0 and below 1");
        }
    }

    /**
     * The statistics with their intervals; without one where a resample leaves the statistic undefined.
     *
     * @param weights the rows' own weights
     * @param strata the rows' strata, from 0: as many rows of each are drawn as it has; null for one stratum
     */
    public List<Estimate> estimates(double[] weights, int @Nullable [] strata, List<? extends Statistic> statistics) {
        return weights.length > RESAMPLED
                ? statistics.stream()
                        .map(statistic -> linearised(weights, strata, statistic))
                        .toList()
                : resampled(weights, strata, statistics);
    }

    List<Estimate> resampled(double[] weights, int @Nullable [] strata, List<? extends Statistic> statistics) {
        double[][] values = new double[statistics.size()][repetitions];
        Resampling resampling = new Resampling(strata == null ? new int[weights.length] : strata);
        double[] drawn = new double[weights.length];
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int repetition = 0; repetition < repetitions; repetition++) {
            resampling.draw(seeds.split(), drawn);
            for (int row = 0; row < drawn.length; row++) {
                drawn[row] *= weights[row];
            }
            for (int i = 0; i < values.length; i++) {
                values[i][repetition] = statistics.get(i).of(drawn);
            }
        }
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            estimates.add(percentiles(statistics.get(i).of(weights), values[i]));
        }
        return estimates;
    }

    /** One statistic with its interval. */
    public Estimate estimate(double[] weights, int @Nullable [] strata, Statistic statistic) {
        return estimates(weights, strata, List.of(statistic)).getFirst();
    }

    /**
     * The mean of {@code first} less that of {@code second} on the same rows, by the same resamples for both.
     *
     * @param rows whose weights count
     * @param first one value a row
     * @param second one value a row
     */
    public Estimate difference(Judged rows, double[] first, double[] second) {
        double[] differences = new double[first.length];
        for (int row = 0; row < differences.length; row++) {
            differences[row] = first[row] - second[row];
        }
        return estimate(RowArrays.weights(rows), null, Statistic.mean(differences));
    }

    Estimate linearised(double[] weights, int @Nullable [] strata, Statistic statistic) {
        double value = statistic.of(weights);
        double[] influence = statistic.influence(weights);
        int[] stratum = strata == null ? new int[weights.length] : strata;
        int count = Arrays.stream(stratum).max().orElse(0) + 1;
        double[] sums = new double[count];
        double[] squares = new double[count];
        double[] rows = new double[count];
        for (int row = 0; row < influence.length; row++) {
            sums[stratum[row]] += influence[row];
            squares[stratum[row]] += influence[row] * influence[row];
            rows[stratum[row]]++;
        }
        double variance = 0;
        for (int i = 0; i < count; i++) {
            // Within a stratum: what it has in common does not vary between resamples of as many of its rows.
            variance += rows[i] == 0 ? 0 : squares[i] - sums[i] * sums[i] / rows[i];
        }
        double half = Normal.halfWidth(level) * StrictMath.sqrt(StrictMath.max(0, variance));
        return Double.isNaN(half) ? Estimate.of(value) : new Estimate(value, value - half, value + half);
    }

    private Estimate percentiles(double value, double[] resampled) {
        Arrays.sort(resampled);
        if (Double.isNaN(resampled[resampled.length - 1])) {
            return Estimate.of(value);
        }
        double outside = (1 - level) / 2;
        return new Estimate(value, Quantile.of(resampled, outside), Quantile.of(resampled, 1 - outside));
    }

    /** Rows in the order of their strata, to draw from. */
    private static final class Resampling {
        private final int[] rows;
        private final int[] starts;

        Resampling(int[] strata) {
            starts = new int[Arrays.stream(strata).max().orElse(-1) + 2];
            for (int stratum : strata) {
                starts[stratum + 1]++;
            }
            for (int i = 1; i < starts.length; i++) {
                starts[i] += starts[i - 1];
            }
            rows = new int[strata.length];
            int[] next = starts.clone();
            for (int row = 0; row < strata.length; row++) {
                rows[next[strata[row]]++] = row;
            }
        }

        void draw(SplittableRandom random, double[] counts) {
            Arrays.fill(counts, 0);
            for (int stratum = 0; stratum + 1 < starts.length; stratum++) {
                int from = starts[stratum];
                int size = starts[stratum + 1] - from;
                for (int i = 0; i < size; i++) {
                    counts[rows[from + random.nextInt(size)]]++;
                }
            }
        }
    }
}
