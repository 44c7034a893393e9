package dev.ringside.benchmarks.data;

import java.util.SplittableRandom;

/**
 * Units that have an event or have none.
 *
 * @param rate which share has one, on the first day of a week
 * @param peak how many times as many have one on its last day; between them it grows evenly
 */
public record Proportion(double rate, double peak) implements Values {
    /** The same rate on every day. */
    public Proportion(double rate) {
        this(rate, 1);
    }

    @Override
    public Sums draw(SplittableRandom random, long units, int day, double shift) {
        double today = rate * (1 + (peak - 1) * (day % 7) / 6);
        return Sums.ofCounts(units, Binomial.draw(random, units, today + shift));
    }

    @Override
    public double mean() {
        return rate;
    }

    @Override
    public double variance() {
        return rate * (1 - rate);
    }
}
