package dev.ringside.training.search;

/** The standard normal distribution. */
final class Gaussian {
    static final double LOG_SQRT_TWO_PI = 0.9189385332046728;

    private Gaussian() {}

    /**
     * Φ(x), the share below x, to 1e-15 absolute: ½ + φ(x)(x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004, "Evaluating the
     * normal distribution").
     */
    static double below(double x) {
        if (Math.abs(x) > 8.5) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-0.5 * x * x - LOG_SQRT_TWO_PI);
    }

    /** ln φ(x), the logarithm of the density. */
    static double logDensity(double x) {
        return -0.5 * x * x - LOG_SQRT_TWO_PI;
    }
}
