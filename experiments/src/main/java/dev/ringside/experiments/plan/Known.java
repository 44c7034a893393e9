package dev.ringside.experiments.plan;

import dev.ringside.contract.moments.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a KPI before an experiment: how its units are distributed under the champion.
 *
 * @param mean of a unit; of a proportion the rate
 * @param variance of a unit
 * @param thirdMoment the third central moment of a unit; null if it is not known
 */
public record Known(double mean, double variance, @Nullable Double thirdMoment) {

    /** A proportion. */
    public static Known rate(double rate) {
        double variance = rate * (1 - rate);
        return new Known(rate, variance, variance * (1 - 2 * rate));
    }

    /** A mean of which only the standard deviation is known. */
    public static Known deviation(double deviation) {
        return new Known(Double.NaN, deviation * deviation, null);
    }

    /** What an arm has shown; null if it has fewer than two units. */
    public static @Nullable Known of(Moments moments) {
        if (moments.units() < 2) {
            return null;
        }
        double units = moments.units();
        double mean = moments.y().doubleValue() / (units * 1e6);
        BigInteger n = BigInteger.valueOf(moments.units());
        BigInteger y = moments.y();
        BigInteger second = n.multiply(moments.yy()).subtract(y.multiply(y));
        double variance = divided(second, 12) / (units * (units - 1));
        BigInteger cubes = moments.yyy();
        if (cubes == null) {
            return new Known(mean, variance, null);
        }
        BigInteger third = n.multiply(n)
                .multiply(cubes)
                .subtract(BigInteger.valueOf(3).multiply(n).multiply(y).multiply(moments.yy()))
                .add(BigInteger.TWO.multiply(y).multiply(y).multiply(y));
        return new Known(mean, variance, divided(third, 18) / (units * units * units));
    }

    private static double divided(BigInteger value, int decimals) {
        return new BigDecimal(value, decimals).round(MathContext.DECIMAL64).doubleValue();
    }
}
