package dev.ringside.app.demo.report;

import org.jspecify.annotations.Nullable;

/** The count, sum and sum of squares of one arm's values, as a person with a spreadsheet has them. */
final class Sample {
    private long units;
    private double sum;
    private double squares;

    /** No unit. */
    Sample() {
        this(0, 0, 0);
    }

    /** Units of which only the sums are known. */
    Sample(long units, double sum, double squares) {
        this.units = units;
        this.sum = sum;
        this.squares = squares;
    }

    void add(double value) {
        units++;
        sum += value;
        squares += value * value;
    }

    private double mean() {
        return sum / units;
    }

    private double variance() {
        return (squares - sum * sum / units) / (units - 1);
    }

    /**
     * Welch's t-test of two samples, two-sided, with Satterthwaite's degrees of freedom.
     *
     * @param difference the mean of the second less that of the first
     * @param pValue the probability of a difference as large without an effect
     */
    record Welch(double difference, double pValue) {}

    /** Compares another sample with this one; null where there is nothing to compare. */
    @Nullable
    Welch compare(Sample other) {
        if (units < 2 || other.units < 2) {
            return null;
        }
        double here = variance() / units;
        double there = other.variance() / other.units;
        double squaredError = here + there;
        if (squaredError <= 0) {
            return null;
        }
        double difference = other.mean() - mean();
        double degrees = squaredError * squaredError / (here * here / (units - 1) + there * there / (other.units - 1));
        return new Welch(difference, StudentT.twoSided(difference / StrictMath.sqrt(squaredError), degrees));
    }
}
