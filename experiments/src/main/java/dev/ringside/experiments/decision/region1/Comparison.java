package dev.ringside.experiments.decision.region1;

import dev.ringside.contract.moments.Moments;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The difference of two arms' means, by Welch: variances with n − 1, not pooled, for proportions too.
 *
 * <p>Sums stay exact integers until one division by double at the end, so nothing depends on the order of units or on
 * the size of the mean against the spread.
 *
 * @param controlMean in the KPI's unit
 * @param challengerMean in the KPI's unit
 * @param standardError of the difference of the two
 */
public record Comparison(double controlMean, double challengerMean, double standardError) {
    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);
    private static final BigInteger SQUARED_MICROS = MICROS.multiply(MICROS);

    /**
     * The closed units of two arms within an epoch.
     *
     * @param control the control's moments
     * @param challenger the challenger's moments
     */
    public record Stratum(Moments control, Moments challenger) {
        private boolean comparable() {
            return control.units() >= 2 && challenger.units() >= 2;
        }

        private long units() {
            return control.units() + challenger.units();
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
     * Compares the arms within each stratum and averages, weighting each by the units of both arms. A stratum in which
     * an arm has fewer than two units has no variance and is left out, and so are the strata's differences in level: units
     * of one are never compared with units of another.
     *
     * @return empty if no stratum can be compared
     */
    public static Optional<Comparison> stratified(List<Stratum> strata) {
        List<Stratum> usable = strata.stream().filter(Stratum::comparable).toList();
        if (usable.isEmpty()) {
            return Optional.empty();
        }
        double units = usable.stream().mapToLong(Stratum::units).sum();
        double control = 0;
        double challenger = 0;
        double variance = 0;
        for (Stratum stratum : usable) {
            double weight = stratum.units() / units;
            control += weight * mean(stratum.control());
            challenger += weight * mean(stratum.challenger());
            variance += weight * weight * (variance(stratum.control()) + variance(stratum.challenger()));
        }
        return Optional.of(new Comparison(control, challenger, StrictMath.sqrt(variance)));
    }

    /** The mean of at least one unit. */
    public static double mean(Moments moments) {
        return moments.y().doubleValue()
                / MICROS.multiply(BigInteger.valueOf(moments.units())).doubleValue();
    }

    /** The variance of the mean of at least two units: (n Σy² − (Σy)²) / (n² (n − 1)). */
    private static double variance(Moments moments) {
        BigInteger units = BigInteger.valueOf(moments.units());
        BigInteger numerator = units.multiply(moments.yy()).subtract(moments.y().multiply(moments.y()));
        BigInteger denominator =
                units.multiply(units).multiply(units.subtract(BigInteger.ONE)).multiply(SQUARED_MICROS);
        return numerator.doubleValue() / denominator.doubleValue();
    }
}
