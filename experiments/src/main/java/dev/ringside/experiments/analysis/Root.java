package dev.ringside.experiments.analysis;

import java.util.function.DoubleUnaryOperator;

/** The root of a continuous function between two points of opposite sign, by Brent's method (1973, chapter 4). */
final class Root {
    private static final int MOST_STEPS = 200;
    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private Root() {}

    /**
     * Finds it to about the last bit of {@code x}, absolutely to 1e-15 near zero.
     *
     * @throws IllegalArgumentException if the function has the same sign at both ends
     */
    static double between(double low, double high, DoubleUnaryOperator f) {
        return between(low, high, 0.5e-15, f);
    }

    /**
     * Finds it within an absolute tolerance.
     *
     * @throws IllegalArgumentException if the function has the same sign at both ends
     */
    static double between(double low, double high, double least, DoubleUnaryOperator f) {
        double a = low;
        double b = high;
        double fa = f.applyAsDouble(a);
        double fb = f.applyAsDouble(b);
        if (fa == 0) {
            return a;
        }
        if (!(fa * StrictMath.signum(fb) <= 0)) {
            throw new IllegalArgumentException(
                    "no root between " + low + " (" + fa + ") and " + high + " (" + fb + ")");
        }
        double c = a;
        double fc = fa;
        double step = b - a;
        double before = step;
        for (int i = 0; i < MOST_STEPS && fb != 0; i++) {
            if (StrictMath.abs(fc) < StrictMath.abs(fb)) {
                a = b;
                b = c;
                c = a;
                fa = fb;
                fb = fc;
                fc = fa;
            }
            double tolerance = 4 * UNIT_ROUNDOFF * StrictMath.abs(b) + least;
            double half = 0.5 * (c - b);
            if (StrictMath.abs(half) <= tolerance) {
                break;
            }
            double proposal = interpolated(a, b, c, fa, fb, fc);
            boolean accepted = StrictMath.abs(before) >= tolerance
                    && StrictMath.abs(fa) > StrictMath.abs(fb)
                    && proposal * StrictMath.signum(half) > 0
                    && StrictMath.abs(proposal) < 1.5 * StrictMath.abs(half) - 0.5 * tolerance
                    && StrictMath.abs(proposal) < 0.5 * StrictMath.abs(before);
            before = accepted ? step : half;
            step = accepted ? proposal : half;
            a = b;
            fa = fb;
            b += StrictMath.abs(step) > tolerance ? step : StrictMath.copySign(tolerance, half);
            fb = f.applyAsDouble(b);
            if (fb * StrictMath.signum(fc) > 0) {
                c = a;
                fc = fa;
                step = b - a;
                before = step;
            }
        }
        return b;
    }

    private static double interpolated(double a, double b, double c, double fa, double fb, double fc) {
        double s = fb / fa;
        if (a == c) {
            return (c - b) * s / (1 - s);
        }
        double q = fa / fc;
        double r = fb / fc;
        return -s * ((c - b) * q * (q - r) - (b - a) * (r - 1)) / ((q - 1) * (r - 1) * (s - 1));
    }
}
