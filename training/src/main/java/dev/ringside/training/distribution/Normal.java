package dev.ringside.training.distribution;

/** The standard normal distribution. */
public final class Normal {
    private static final double SQRT_2_PI = StrictMath.sqrt(2 * StrictMath.PI);

    private Normal() {}

    /** The probability of a value above z. */
    public static double survival(double z) {
        double tail = IncompleteGamma.upper(1, z * z / 2) / 2;
        return z < 0 ? 1 - tail : tail;
    }

    /** The probability of a value farther from zero than z: the p-value of a two-sided test. */
    public static double twoSided(double z) {
        return IncompleteGamma.upper(1, z * z / 2);
    }

    /**
     * How many standard errors to either side a two-sided interval reaches: 1.96 at level .95.
     *
     * @param level the share of intervals that hold the true value, above 0 and below 1
     */
    public static double halfWidth(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is " + level + ", expected a share above 0 and below 1");
        }
        double outside = 1 - level;
        double z = 0;
        // Halley's steps on the tail, which is convex above zero: they climb to the root and settle within five.
        for (int step = 0; step < 50; step++) {
            double density = 2 * StrictMath.exp(-z * z / 2) / SQRT_2_PI;
            double newton = (twoSided(z) - outside) / density;
            double next = z + newton / (1 - z * newton / 2);
            if (StrictMath.abs(next - z) <= 1e-15 * (1 + z)) {
                return next;
            }
            z = next;
        }
        return z;
    }
}
