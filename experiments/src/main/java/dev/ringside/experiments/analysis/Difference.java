package dev.ringside.experiments.analysis;

import dev.ringside.contract.moments.Moments;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The difference of two arms' means, averaged over strata with the weights n = n₀n₁ / (n₀ + n₁) (Cochran): nearly the
 * best ones, and a stratum with few units of an arm cannot outweigh the others.
 *
 * <p>Its variance is, stratum by stratum, the larger of Welch's (with n − 1, not pooled, for proportions too) and that
 * under equal distributions (of both arms' units together). Where skewed values or rare events meet unequal arms, Welch's
 * alone is too small just when the small arm has seen too few large values.
 *
 * <p>Sums stay exact integers until one division by double at the end, so nothing depends on the order of units or on the
 * size of the mean against the spread.
 *
 * @param controlMean in the KPI's unit
 * @param challengerMean in the KPI's unit
 * @param standardError of the difference, by the larger variance
 * @param welchError of the difference, by Welch
 * @param skewness of the difference, by Welch; 0 where it is unknown
 * @param equalError of the difference, under equal distributions
 * @param equalSkewness of the difference, under equal distributions; 0 where it is unknown
 * @param time Σ n² · variance over strata: the variance of the sum Σ n · difference, by which looks are correlated
 */
public record Difference(
        double controlMean,
        double challengerMean,
        double standardError,
        double welchError,
        double skewness,
        double equalError,
        double equalSkewness,
        double time) {
    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);
    private static final BigInteger SQUARED_MICROS = MICROS.multiply(MICROS);
    private static final BigInteger CUBED_MICROS = SQUARED_MICROS.multiply(MICROS);
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    /**
     * The closed units of two arms within which units are comparable.
     *
     * @param control the control's moments
     * @param challenger the challenger's moments
     */
    public record Stratum(Moments control, Moments challenger) {
        private boolean comparable() {
            return control.units() >= 2 && challenger.units() >= 2;
        }

        private double weight() {
            double control = this.control.units();
            double challenger = this.challenger.units();
            return control * challenger / (control + challenger);
        }

        private double welch() {
            return variance(control) + variance(challenger);
        }

        private double equal() {
            Moments both = control.plus(challenger);
            return variance(both) * both.units() / weight();
        }

        /** κ (1/n₁² − 1/n₀²), κ the third central moment of both arms' units together. */
        private double equalThird() {
            Moments both = control.plus(challenger);
            double units = both.units();
            double ofUnit = third(both) * units * units;
            double n0 = control.units();
            double n1 = challenger.units();
            return ofUnit * (1 / (n1 * n1) - 1 / (n0 * n0));
        }
    }

    /** Challenger less control. */
    public double difference() {
        return challengerMean - controlMean;
    }

    /** How much is known: 1 / standard error². */
    public double information() {
        return 1 / (standardError * standardError);
    }

    /**
     * Compares the arms within each stratum and averages. A stratum in which an arm has fewer than two units has no
     * variance and is left out, and so are the strata's differences in level: units of one are never compared with units of
     * another.
     *
     * @return empty if no stratum can be compared
     */
    public static Optional<Difference> stratified(List<Stratum> strata) {
        double weights = 0;
        double control = 0;
        double challenger = 0;
        double welch = 0;
        double equal = 0;
        double larger = 0;
        double third = 0;
        double equalThird = 0;
        boolean known = true;
        for (Stratum stratum : strata) {
            if (!stratum.comparable()) {
                continue;
            }
            double weight = stratum.weight();
            double variance = stratum.welch();
            weights += weight;
            control += weight * mean(stratum.control());
            challenger += weight * mean(stratum.challenger());
            welch += weight * weight * variance;
            equal += weight * weight * stratum.equal();
            larger += weight * weight * StrictMath.max(variance, stratum.equal());
            known &= stratum.control().yyy() != null && stratum.challenger().yyy() != null;
            if (known) {
                double cube = weight * weight * weight;
                third += cube * (third(stratum.challenger()) - third(stratum.control()));
                equalThird += cube * stratum.equalThird();
            }
        }
        if (weights == 0) {
            return Optional.empty();
        }
        double welchError = StrictMath.sqrt(welch);
        double equalError = StrictMath.sqrt(equal);
        return Optional.of(new Difference(
                control / weights,
                challenger / weights,
                StrictMath.sqrt(larger) / weights,
                welchError / weights,
                known && welch > 0 ? third / (welch * welchError) : 0,
                equalError / weights,
                known && equal > 0 ? equalThird / (equal * equalError) : 0,
                larger));
    }

    /**
     * How many standard errors the difference, mirrored by the sign and then shifted, lies above 0, when the values'
     * distribution is near to normal or bounded: by the larger variance.
     */
    public double statistic(double sign, double shift) {
        return (sign * difference() + shift) / standardError;
    }

    /**
     * The same where values may be skewed: the lesser of that and Hall's transformation of Welch's statistic (P. Hall,
     * Journal of the Royal Statistical Society B 54, 1992): H(T, γ) = T + γT²/3 + γ²T³/27 + γ/6, which takes the skewness γ
     * of the difference out of its distribution and grows with T.
     */
    public double statisticOfSkewed(double sign, double shift) {
        double larger = statistic(sign, shift);
        if (!(welchError > 0)) {
            return larger;
        }
        double t = (sign * difference() + shift) / welchError;
        double g = sign * skewness;
        return StrictMath.min(larger, t + g * t * t / 3 + g * g * t * t * t / 27 + g / 6);
    }

    /**
     * The bound of an interval where values may be skewed, as {@link #statisticOfSkewed} tests: of the bound by the larger
     * variance, and of Hall's by Welch, the one farther from the difference.
     *
     * @param sign of the mirrored difference that the bound belongs to
     * @param shift added to it after that
     * @param bound by the larger variance
     */
    public double boundOfSkewed(double sign, double shift, double bound) {
        return farther(sign, shift, bound, bound, welchError, skewness);
    }

    /**
     * That bound, or Hall's under equal distributions where it lies farther out. It knows the skewness also where the small
     * arm has seen too few large values to show it: then the mean of that arm is too low, and so is what Welch makes of its
     * spread and skewness.
     */
    public double widestBoundOfSkewed(double sign, double shift, double bound) {
        return farther(sign, shift, bound, boundOfSkewed(sign, shift, bound), equalError, equalSkewness);
    }

    /**
     * The farther of a bound and of Hall's, which lies T errors from the difference, where H(T, γ) is what the bound by the
     * larger variance lies from it in standard errors: T = 3 ((1 + γ (x − γ / 6))^⅓ − 1) / γ.
     */
    private double farther(double sign, double shift, double larger, double bound, double error, double skewness) {
        double estimate = sign * difference() + shift;
        double g = sign * skewness;
        if (!(error > 0) || g == 0) {
            return bound;
        }
        double x = (estimate - larger) / standardError;
        double hall = estimate - 3 * (StrictMath.cbrt(1 + g * (x - g / 6)) - 1) / g * error;
        return larger < estimate ? StrictMath.min(bound, hall) : StrictMath.max(bound, hall);
    }

    /** The mean of at least one unit. */
    public static double mean(Moments moments) {
        return moments.y().doubleValue() / (1e6 * moments.units());
    }

    /** The variance of the mean of at least two units: (n Σy² − (Σy)²) / (n² (n − 1)). */
    private static double variance(Moments moments) {
        BigInteger units = BigInteger.valueOf(moments.units());
        BigInteger numerator = units.multiply(moments.yy()).subtract(moments.y().multiply(moments.y()));
        BigInteger denominator =
                units.multiply(units).multiply(units.subtract(BigInteger.ONE)).multiply(SQUARED_MICROS);
        return numerator.doubleValue() / denominator.doubleValue();
    }

    /** The third central moment of the mean: (n² Σy³ − 3 n Σy Σy² + 2 (Σy)³) / n⁵. */
    private static double third(Moments moments) {
        BigInteger cubes = moments.yyy();
        if (cubes == null) {
            throw new IllegalArgumentException("the sum of cubes is not known");
        }
        BigInteger units = BigInteger.valueOf(moments.units());
        BigInteger y = moments.y();
        BigInteger numerator = units.multiply(units)
                .multiply(cubes)
                .subtract(THREE.multiply(units).multiply(y).multiply(moments.yy()))
                .add(TWO.multiply(y).multiply(y).multiply(y));
        return numerator.doubleValue() / units.pow(5).multiply(CUBED_MICROS).doubleValue();
    }
}
