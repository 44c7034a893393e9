package dev.ringside.training.distribution;

/**
 * The regularised upper incomplete gamma function Q(a, x) for a = 1/2, 1, 3/2 …, from which both the normal and the χ²
 * distribution follow.
 *
 * <p>Below x = a + 1 by the power series of its complement (Abramowitz and Stegun 6.5.29), above by the continued
 * fraction (6.5.31), evaluated from the front (Lentz 1976). Relative accuracy about 1e-14, with a = 500 about
 * 1e-11.
 */
final class IncompleteGamma {
    private static final double PRECISION = 1e-16;
    private static final double TINY = 1e-300;

    private IncompleteGamma() {}

    /** Q(halves/2, x). */
    static double upper(int halves, double x) {
        if (x <= 0) {
            return 1;
        }
        double a = halves / 2.0;
        double front = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(halves));
        return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (double k = a + 1; term > sum * PRECISION; k++) {
            term *= x / k;
            sum += term;
        }
        return sum;
    }

    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int k = 1; k < 10_000; k++) {
            double numerator = -k * (k - a);
            b += 2;
            d = 1 / away(numerator * d + b);
            c = away(b + numerator / c);
            double step = c * d;
            value *= step;
            if (StrictMath.abs(step - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double away(double value) {
        return StrictMath.abs(value) < TINY ? TINY : value;
    }

    /** ln Γ(halves/2), by Γ(a + 1) = aΓ(a) from Γ(1/2) = √π or Γ(1) = 1. */
    private static double logGamma(int halves) {
        double sum = halves % 2 == 0 ? 0 : StrictMath.log(StrictMath.PI) / 2;
        for (double a = halves % 2 == 0 ? 1 : 0.5; a < halves / 2.0; a++) {
            sum += StrictMath.log(a);
        }
        return sum;
    }
}
