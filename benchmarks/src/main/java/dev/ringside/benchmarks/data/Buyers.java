package dev.ringside.benchmarks.data;

import java.util.SplittableRandom;

/**
 * Units of whom a few buy, and what they spend. A shift of the mean makes more or fewer of them buy.
 *
 * @param share who buys
 * @param spent by those who do
 */
public record Buyers(double share, Lognormal spent) implements Values {
    @Override
    public Sums draw(SplittableRandom random, long units, int day, double shift) {
        long buyers = Binomial.draw(random, units, share + shift / spent.mean());
        Sums sums = Sums.ofHundredths();
        sums.addZeros(units - buyers);
        spent.add(random, buyers, 0, sums);
        return sums;
    }

    @Override
    public double mean() {
        return share * spent.mean();
    }

    @Override
    public double variance() {
        return share * spent.moment(2, 1) - mean() * mean();
    }
}
