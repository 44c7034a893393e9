package dev.ringside.experiments.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.Difference.Stratum;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    @Oracles.Needed
    void welchIsThatOfScipyAndGbstats() throws IOException {
        int compared = 0;
        for (JsonNode example : Oracles.json("two_arm.json").get("cases")) {
            if (!example.get("kind").asText().equals("mean")) {
                continue;
            }
            String name = example.get("name").asText();
            Difference difference = of(moments(example.get("control")), moments(example.get("treatment")));
            near(example.at("/scipy_welch/t").asDouble(), difference.difference() / difference.welchError(), name);
            JsonNode gbstats = example.at("/gbstats/two_sided_absolute_alpha0.05");
            near(gbstats.get("estimate").asDouble(), difference.difference(), name);
            near(gbstats.get("se").asDouble(), difference.welchError(), name);
            assertTrue(difference.standardError() >= difference.welchError(), name);
            compared++;
        }
        assertEquals(10, compared);
    }

    private static void near(double expected, double actual, String name) {
        assertEquals(expected, actual, 1e-9 * StrictMath.abs(expected), name);
    }

    private static Moments moments(JsonNode arm) {
        BigInteger y = exact(arm.get("sum").asText(), 6);
        BigInteger yy = exact(arm.get("sum_squares").asText(), 12);
        BigInteger zero = BigInteger.ZERO;
        long units = arm.get("n").asLong();
        return new Moments(units, units, y, zero, zero, yy, zero, zero, zero, zero, zero, null, 0);
    }

    private static BigInteger exact(String value, int digits) {
        return new BigDecimal(value)
                .movePointRight(digits)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
    }

    private static Difference of(Moments control, Moments challenger) {
        return Difference.stratified(List.of(new Stratum(control, challenger))).orElseThrow();
    }

    private static double[] values(SplittableRandom random, int units) {
        double[] values = new double[units];
        for (int i = 0; i < units; i++) {
            values[i] = StrictMath.round(1e3 * StrictMath.exp(random.nextDouble() * 4)) / 1e3;
        }
        return values;
    }

    private static Moments moments(double[] values) {
        Moments sum = Moments.NONE;
        for (double value : values) {
            sum = sum.plus(Moments.ofUnit(1, StrictMath.round(value * 1e6)));
        }
        return sum;
    }

    private static double central(double[] values, int power) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.pow(value - mean, power);
        }
        return sum;
    }

    /** The same from the units themselves, by the formulas' definitions. */
    @Test
    void varianceIsTheLargerOfBothAndSkewnessThatOfTheThirdCentralMoments() {
        var random = new SplittableRandom(4);
        double[] control = values(random, 900);
        double[] challenger = values(random, 100);
        Difference found = of(moments(control), moments(challenger));
        double welch = central(control, 2) / (900.0 * 899) + central(challenger, 2) / (100.0 * 99);
        double[] both = new double[1000];
        System.arraycopy(control, 0, both, 0, 900);
        System.arraycopy(challenger, 0, both, 900, 100);
        double equal = central(both, 2) / 999 * (1 / 900.0 + 1 / 100.0);
        assertEquals(welch, StrictMath.pow(found.welchError(), 2), 1e-12 * welch);
        assertEquals(StrictMath.max(welch, equal), StrictMath.pow(found.standardError(), 2), 1e-12 * welch);
        double skewness = (central(challenger, 3) / 100 / (100.0 * 100) - central(control, 3) / 900 / (900.0 * 900))
                / StrictMath.pow(welch, 1.5);
        assertEquals(skewness, found.skewness(), 1e-10);
        double t = found.difference() / found.welchError();
        double hall = t + skewness * t * t / 3 + skewness * skewness * t * t * t / 27 + skewness / 6;
        assertEquals(
                StrictMath.min(found.difference() / found.standardError(), hall), found.statisticOfSkewed(1, 0), 1e-10);
        double mirrored = -t - skewness * t * t / 3 - skewness * skewness * t * t * t / 27 - skewness / 6;
        assertEquals(
                StrictMath.min(-found.difference() / found.standardError(), mirrored),
                found.statisticOfSkewed(-1, 0),
                1e-10);
    }

    /** A bound is what the test of its own value would just not reject, so the transformation takes it back to x. */
    @Test
    void boundOfSkewedValuesIsHallsTransformationTurnedRound() {
        var random = new SplittableRandom(6);
        Difference found = of(moments(values(random, 90)), moments(values(random, 10)));
        for (double x : new double[] {1.96, -2.24}) {
            double bound = found.difference() - x * found.standardError();
            double skewed = found.boundOfSkewed(1, 0, bound);
            double t = (found.difference() - skewed) / found.welchError();
            double g = found.skewness();
            double hall = t + g * t * t / 3 + g * g * t * t * t / 27 + g / 6;
            if (skewed == bound) {
                assertTrue(StrictMath.abs(hall) >= StrictMath.abs(x) - 1e-9, "x " + x + ", H " + hall);
            } else {
                assertEquals(x, hall, 1e-9);
            }
            assertEquals(-skewed, found.boundOfSkewed(-1, 0, -bound), 1e-12);
        }
    }

    /** The widest bound is the farther of that and of Hall's with variance and skewness of both arms' units together. */
    @Test
    void widestBoundTakesTheSkewnessOfBothArmsTogether() {
        var random = new SplittableRandom(8);
        double[] control = values(random, 20);
        double[] challenger = values(random, 180);
        double[] both = DoubleStream.concat(Arrays.stream(control), Arrays.stream(challenger))
                .toArray();
        Difference found = of(moments(control), moments(challenger));
        double variance = central(both, 2) / 199 * (1 / 20.0 + 1 / 180.0);
        double skewness =
                central(both, 3) / 200 * (1 / (180.0 * 180) - 1 / (20.0 * 20)) / StrictMath.pow(variance, 1.5);
        assertEquals(variance, StrictMath.pow(found.equalError(), 2), 1e-12 * variance);
        assertEquals(skewness, found.equalSkewness(), 1e-10);
        double bound = found.difference() - 1.96 * found.standardError();
        double widest = found.widestBoundOfSkewed(1, 0, bound);
        assertTrue(widest < found.boundOfSkewed(1, 0, bound), "the few control units have not seen a large value");
        double t = (found.difference() - widest) / found.equalError();
        assertEquals(1.96, t + skewness * t * t / 3 + skewness * skewness * t * t * t / 27 + skewness / 6, 1e-9);
        assertEquals(-widest, found.widestBoundOfSkewed(-1, 0, -bound), 1e-12);
    }

    /** S4: a stratum counts by n₀n₁ / (n₀ + n₁), not by its units. */
    @Test
    void stratumWithFewUnitsOfAnArmCountsByThoseFew() {
        Moments many = bernoulli(1_000, 100);
        Difference found = Difference.stratified(List.of(
                        new Stratum(many, bernoulli(1_000, 130)),
                        new Stratum(bernoulli(99_000, 9_900), bernoulli(1_000, 90))))
                .orElseThrow();
        double first = 500;
        double second = 99_000 * 1_000 / 100_000.0;
        assertEquals((first * 0.03 + second * -0.01) / (first + second), found.difference(), 1e-12);
        double variance = (first * first * variance(1_000, 115 / 1_000.0, 1_000)
                + second * second * variance(99_000, 9_990 / 100_000.0, 1_000));
        assertEquals(variance, found.time(), 0.01 * variance);
        assertEquals(found.time() / StrictMath.pow(first + second, 2), StrictMath.pow(found.standardError(), 2), 1e-15);
    }

    private static double variance(double n0, double p, double n1) {
        return p * (1 - p) * (1 / n0 + 1 / n1);
    }

    private static Moments bernoulli(long units, long events) {
        BigInteger y = BigInteger.valueOf(events).multiply(BigInteger.valueOf(1_000_000));
        BigInteger micros = BigInteger.valueOf(1_000_000);
        BigInteger zero = BigInteger.ZERO;
        return new Moments(
                units,
                events,
                y,
                zero,
                zero,
                y.multiply(micros),
                zero,
                zero,
                zero,
                zero,
                zero,
                y.multiply(micros).multiply(micros),
                0);
    }

    @Test
    void withoutCubesNothingIsCorrectedForSkew() {
        var random = new SplittableRandom(5);
        Moments control = moments(values(random, 300));
        Moments challenger = moments(values(random, 30));
        assertEquals(0, of(control.withoutCubes(), challenger).skewness());
        assertTrue(of(control, challenger).skewness() != 0);
    }

    @Test
    void armsWithoutSpreadHaveTheVarianceUnderEqualDistributions() {
        Difference found = of(bernoulli(100, 100), bernoulli(100, 0));
        assertEquals(0, found.welchError());
        assertEquals(StrictMath.sqrt(0.25 * 200 / 199 * 0.02), found.standardError(), 1e-15);
        assertEquals(-1 / found.standardError(), found.statisticOfSkewed(1, 0), 1e-12);
    }
}
