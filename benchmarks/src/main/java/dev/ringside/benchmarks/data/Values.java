package dev.ringside.benchmarks.data;

import java.util.SplittableRandom;

/** How much units are worth in one KPI. */
public sealed interface Values permits Proportion, Normal, Lognormal, Buyers {
    /**
     * Draws units, independent and alike.
     *
     * @param units how many
     * @param day of the experiment, 0 for the first
     * @param shift by how much their mean lies above {@link #mean}
     */
    Sums draw(SplittableRandom random, long units, int day, double shift);

    /** The mean of a unit on the first day. */
    double mean();

    /** The variance of a unit on the first day. */
    double variance();
}
