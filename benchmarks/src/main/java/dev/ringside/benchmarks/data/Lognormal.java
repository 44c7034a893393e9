package dev.ringside.benchmarks.data;

import static dev.ringside.experiments.analysis.Normal.cdf;

import dev.ringside.experiments.analysis.Exponential;
import java.util.SplittableRandom;

/**
 * Amounts whose logarithm is normal, as revenue is. A shift of the mean scales all of them. Six deviations above the
 * median, one unit in a thousand million, is as far as they go.
 *
 * @param median of a unit
 * @param sigma the deviation of the logarithm
 * @param cap what is above is cut to it, as a registered winsor cap does; infinite for none
 */
public record Lognormal(double median, double sigma, double cap) implements Values {
    private static final double FARTHEST = 6;

    /** Amounts without a cap. */
    public Lognormal(double median, double sigma) {
        this(median, sigma, Double.POSITIVE_INFINITY);
    }

    /** Those of a given mean and no cap. */
    public static Lognormal ofMean(double mean, double sigma) {
        return new Lognormal(mean / StrictMath.exp(sigma * sigma / 2), sigma);
    }

    @Override
    public Sums draw(SplittableRandom random, long units, int day, double shift) {
        Sums sums = Sums.ofHundredths();
        add(random, units, shift, sums);
        return sums;
    }

    void add(SplittableRandom random, long units, double shift, Sums sums) {
        double hundredths = 100 * median * scale(shift);
        double most = 100 * cap;
        for (long unit = 0; unit < units; unit++) {
            double deviations = StrictMath.min(random.nextGaussian(), FARTHEST);
            double value = hundredths * Exponential.of(sigma * deviations);
            sums.add(StrictMath.round(StrictMath.min(value, most)));
        }
    }

    /** The factor at which the mean, after the cap, lies so much higher. */
    private double scale(double shift) {
        double target = mean() + shift;
        if (shift == 0 || cap == Double.POSITIVE_INFINITY) {
            return target / mean();
        }
        double low = 0;
        double high = 2;
        while (moment(1, high) < target) {
            high *= 2;
            if (high > 1e6) {
                throw new IllegalArgumentException("no scale lifts a mean of " + mean() + " by " + shift
                        + ": values are cut at " + cap + "; expected a smaller effect or a higher cap");
            }
        }
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            if (moment(1, middle) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Override
    public double mean() {
        return moment(1, 1);
    }

    @Override
    public double variance() {
        return moment(2, 1) - mean() * mean();
    }

    /** E min(s X, cap)ʳ = (s m)ʳ exp(r²σ²/2) Φ(c − rσ) + capʳ (1 − Φ(c)), c = ln(cap / (s m)) / σ. */
    double moment(int power, double scale) {
        double scaled = scale * median;
        double below = StrictMath.pow(scaled, power) * StrictMath.exp(power * power * sigma * sigma / 2);
        if (cap == Double.POSITIVE_INFINITY) {
            return below;
        }
        double c = StrictMath.log(cap / scaled) / sigma;
        return below * cdf(c - power * sigma) + StrictMath.pow(cap, power) * cdf(-c);
    }
}
