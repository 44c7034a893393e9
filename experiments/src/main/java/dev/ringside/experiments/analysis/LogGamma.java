package dev.ringside.experiments.analysis;

/** ln Γ by Stirling's series. */
final class LogGamma {
    private static final double STIRLING_FROM = 16;
    private static final double HALF_LOG_2_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);

    private LogGamma() {}

    /** ln Γ(x), x above 0. */
    static double of(double x) {
        return (x - 0.5) * StrictMath.log(x) - x + HALF_LOG_2_PI + remainder(x);
    }

    /** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b). */
    static double beta(double a, double b) {
        return of(a) + of(b) - of(a + b);
    }

    /** ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π). */
    static double remainder(double x) {
        double sum = 0;
        double y = x;
        for (; y < STIRLING_FROM; y++) {
            // s(x) = s(x + 1) + (x + ½) ln(1 + 1/x) − 1
            sum += (y + 0.5) * StrictMath.log1p(1 / y) - 1;
        }
        double square = 1 / (y * y);
        double series =
                1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188))));
        return sum + series / y;
    }
}
