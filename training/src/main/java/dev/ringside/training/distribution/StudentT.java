package dev.ringside.training.distribution;

/** Student's t distribution with whole degrees of freedom. */
public final class StudentT {
    /** From here on the normal quantile is within an eight-hundredth. */
    private static final long NORMAL_FROM = 1_000;

    private StudentT() {}

    /**
     * How many standard errors to either side a two-sided interval reaches: 2.228 at level .95 with 10 degrees.
     *
     * @param level the share of intervals that hold the true value, above 0 and below 1
     * @param degrees from 1
     */
    public static double halfWidth(double level, long degrees) {
        double low = Normal.halfWidth(level);
        if (degrees >= NORMAL_FROM) {
            return low;
        }
        double high = 2 * low;
        while (within(high, degrees) < level) {
            high *= 2;
        }
        while (high - low > 1e-13 * high) {
            double middle = low + (high - low) / 2;
            if (within(middle, degrees) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of a value no farther from zero than t (Abramowitz and Stegun 26.7.3 and 26.7.4). */
    static double within(double t, long degrees) {
        double angle = StrictMath.atan2(t, StrictMath.sqrt((double) degrees));
        double cosine = StrictMath.cos(angle);
        boolean odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = 0;
        for (long k = odd ? 1 : 0; k <= degrees - 2; k += 2) {
            sum += term;
            term *= cosine * cosine * (k + 1) / (k + 2);
        }
        double series = StrictMath.sin(angle) * sum;
        return odd ? (angle + series) * 2 / StrictMath.PI : series;
    }
}
