package dev.ringside.experiments.analysis;

/**
 * The standard normal distribution, to about 1e-15 relative in both tails.
 *
 * <p>The integrals are W. J. Cody's rational Chebyshev approximations (ACM TOMS 19, 1993, algorithm 715, ANORM); the
 * quantile is M. J. Wichura's AS 241 (Applied Statistics 37, 1988, PPND16), polished by one Newton step.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients keep the digits of the papers
public final class Normal {
    /** Where the tail is below the least normal double. */
    static final double FARTHEST = 37.5;

    private static final double SIXTEENTHS = 16;

    /** exp(−y²/2) at each sixteenth; most of what a tail costs otherwise. */
    private static final double[] HEADS = heads();

    private static final double ONE_OVER_SQRT_2_PI = 0.398942280401432677939946;
    private static final double CENTRE = 0.67448975;
    private static final double FAR = 5.656854249492380195206754896838; // √32

    private static final double[] A = {
        2.2352520354606839287,
        161.02823106855587881,
        1067.6894854603709582,
        18154.981253343561249,
        0.065682337918207449113
    };
    private static final double[] B = {
        47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956
    };
    private static final double[] C = {
        0.39894151208813466764,
        8.8831497943883759412,
        93.506656132177855979,
        597.27027639480026226,
        2494.5375852903726711,
        6848.1904505362823326,
        11602.651437647350124,
        9842.7148383839780218,
        1.0765576773720192317e-8
    };
    private static final double[] D = {
        22.266688044328115691,
        235.38790178262499861,
        1519.377599407554805,
        6485.558298266760755,
        18615.571640885098091,
        34900.952721145977266,
        38912.003286093271411,
        19685.429676859990727
    };
    private static final double[] P = {
        0.21589853405795699,
        0.1274011611602473639,
        0.022235277870649807,
        0.001421619193227893466,
        2.9112874951168792e-5,
        0.02307344176494017303
    };
    private static final double[] Q = {
        1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5
    };

    private static final double[] CENTRAL_NUMERATOR = {
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0
    };
    private static final double[] CENTRAL_DENOMINATOR = {
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1
    };
    private static final double[] NEAR_NUMERATOR = {
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0
    };
    private static final double[] NEAR_DENOMINATOR = {
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1
    };
    private static final double[] FAR_NUMERATOR = {
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0
    };
    private static final double[] FAR_DENOMINATOR = {
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1
    };

    private Normal() {}

    /** The density at x. */
    public static double density(double x) {
        return ONE_OVER_SQRT_2_PI * StrictMath.exp(-0.5 * x * x);
    }

    /** The probability of a value at or below x. */
    public static double cdf(double x) {
        double y = StrictMath.abs(x);
        if (y <= CENTRE) {
            return 0.5 + central(x);
        }
        return x < 0 ? tail(y) : 1 - tail(y);
    }

    /** The probability of a value above x; keeps its relative precision far out, where 1 − cdf has none. */
    public static double survival(double x) {
        return cdf(-x);
    }

    /**
     * The value that is exceeded with probability {@code p}.
     *
     * @param p above 0 and below 1
     */
    public static double upperQuantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p is " + p + ", expected a probability above 0 and below 1");
        }
        if (p > 0.5) {
            return -upperQuantile(1 - p);
        }
        double x = -wichura(p);
        double slope = density(x);
        // Where the density is denormal the step would be noise.
        return x < FARTHEST ? x + (survival(x) - p) / slope : x;
    }

    /**
     * The value below which a share {@code p} lies.
     *
     * @param p above 0 and below 1
     */
    public static double quantile(double p) {
        return p <= 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
    }

    private static double central(double x) {
        double square = x * x;
        double numerator = A[4] * square;
        double denominator = square;
        for (int i = 0; i < 3; i++) {
            numerator = (numerator + A[i]) * square;
            denominator = (denominator + B[i]) * square;
        }
        return x * (numerator + A[3]) / (denominator + B[3]);
    }

    /**
     * {@link #survival} in two thirds of its time, to 1e-13 relative in the tails: for integrations of which no more is asked.
     */
    static double quickSurvival(double x) {
        double y = StrictMath.abs(x);
        if (y <= CENTRE) {
            return 0.5 - central(x);
        }
        double tail = Exponential.of(-0.5 * y * y) * ratio(y);
        return x > 0 ? tail : 1 - tail;
    }

    private static double tail(double y) {
        // exp(−y²/2) in two factors: the first exponent is exact, so its rounding error is not multiplied by y².
        double sixteenths = StrictMath.floor(y * SIXTEENTHS);
        double head = sixteenths / SIXTEENTHS;
        double rest = (y - head) * (y + head);
        double first = sixteenths < HEADS.length ? HEADS[(int) sixteenths] : head(head);
        return first * StrictMath.exp(-rest * 0.5) * ratio(y);
    }

    /** The tail over exp(−y²/2). */
    private static double ratio(double y) {
        if (y <= FAR) {
            double numerator = C[8] * y;
            double denominator = y;
            for (int i = 0; i < 7; i++) {
                numerator = (numerator + C[i]) * y;
                denominator = (denominator + D[i]) * y;
            }
            return (numerator + C[7]) / (denominator + D[7]);
        }
        double square = 1 / (y * y);
        double numerator = P[5] * square;
        double denominator = square;
        for (int i = 0; i < 4; i++) {
            numerator = (numerator + P[i]) * square;
            denominator = (denominator + Q[i]) * square;
        }
        return (ONE_OVER_SQRT_2_PI - square * (numerator + P[4]) / (denominator + Q[4])) / y;
    }

    private static double head(double head) {
        return StrictMath.exp(-head * head * 0.5);
    }

    private static double[] heads() {
        double[] heads = new double[(int) (FARTHEST * SIXTEENTHS) + 1];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = head(i / SIXTEENTHS);
        }
        return heads;
    }

    private static double wichura(double p) {
        double q = p - 0.5;
        if (StrictMath.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            return q * polynomial(CENTRAL_NUMERATOR, r) / polynomial(CENTRAL_DENOMINATOR, r);
        }
        double r = StrictMath.sqrt(-StrictMath.log(p));
        if (r <= 5) {
            return -polynomial(NEAR_NUMERATOR, r - 1.6) / polynomial(NEAR_DENOMINATOR, r - 1.6);
        }
        return -polynomial(FAR_NUMERATOR, r - 5) / polynomial(FAR_DENOMINATOR, r - 5);
    }

    private static double polynomial(double[] fromHighest, double x) {
        double value = 0;
        for (double coefficient : fromHighest) {
            value = value * x + coefficient;
        }
        return value;
    }
}
