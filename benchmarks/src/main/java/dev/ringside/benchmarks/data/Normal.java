package dev.ringside.benchmarks.data;

import java.util.SplittableRandom;

/**
 * Normal values whose spread may change.
 *
 * @param mean of a unit
 * @param deviation in the first week
 * @param growth of the deviation from one week to the next
 */
public record Normal(double mean, double deviation, double growth) implements Values {
    @Override
    public Sums draw(SplittableRandom random, long units, int day, double shift) {
        double today = deviation * StrictMath.pow(growth, Math.floorDiv(day, 7));
        Sums sums = Sums.ofHundredths();
        for (long unit = 0; unit < units; unit++) {
            sums.add(StrictMath.round(100 * (mean + shift + today * random.nextGaussian())));
        }
        return sums;
    }

    @Override
    public double variance() {
        return deviation * deviation;
    }
}
