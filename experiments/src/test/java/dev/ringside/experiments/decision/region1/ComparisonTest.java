package dev.ringside.experiments.decision.region1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.Oracles;
import dev.ringside.experiments.decision.region1.Comparison.Stratum;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    @Oracles.Needed
    void welchIsThatOfScipyAndGbstats() throws IOException {
        int compared = 0;
        for (JsonNode example : Oracles.json("two_arm.json").get("cases")) {
            if (!example.get("kind").asText().equals("mean")) {
                continue;
            }
            String name = example.get("name").asText();
            var comparison = Comparison.stratified(
                            List.of(new Stratum(moments(example.get("control")), moments(example.get("treatment")))))
                    .orElseThrow();
            double t = example.at("/scipy_welch/t").asDouble();
            near(t, comparison.difference() / comparison.standardError(), name);
            JsonNode gbstats = example.at("/gbstats/two_sided_absolute_alpha0.05");
            near(gbstats.get("estimate").asDouble(), comparison.difference(), name);
            near(gbstats.get("se").asDouble(), comparison.standardError(), name);
            near(1 / StrictMath.pow(gbstats.get("se").asDouble(), 2), comparison.information(), name);
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

    private static BigInteger exact(String number, int decimals) {
        return new BigDecimal(number)
                .movePointRight(decimals)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
    }

    private static Moments units(long... micros) {
        Moments sum = Moments.NONE;
        for (int i = 0; i < micros.length; i++) {
            sum = sum.plus(Moments.ofUnit(i, micros[i]));
        }
        return sum;
    }

    @Test
    void largeMeanDoesNotSwallowASmallSpread() {
        // Around 10⁹ in steps of a millionth: in double, Σy² − (Σy)²/n would have no digit left.
        long base = 999_999_999_000_000L;
        var comparison = Comparison.stratified(
                        List.of(new Stratum(units(base, base + 1, base + 2), units(base + 1, base + 2, base + 3))))
                .orElseThrow();
        assertEquals(StrictMath.sqrt(2.0 / 3) * 1e-6, comparison.standardError(), 1e-21);
    }

    @Test
    void strataAreComparedWithinThemselvesAndWeightedByUnits() {
        // Levels of 0 and 100 and unequal splits: pooled, the challenger would seem far ahead.
        var low = new Stratum(units(0, 2_000_000, 0, 2_000_000), units(1_000_000, 3_000_000));
        var high = new Stratum(units(100_000_000, 102_000_000), units(100_000_000, 104_000_000, 102_000_000));
        var comparison = Comparison.stratified(List.of(low, high)).orElseThrow();
        assertEquals((6 * 1.0 + 5 * 1.0) / 11, comparison.difference(), 1e-12);
        double first = 4.0 / 3 / 4 + 2.0 / 2;
        double second = 2.0 / 2 + 4.0 / 3;
        assertEquals(StrictMath.sqrt((36 * first + 25 * second) / 121), comparison.standardError(), 1e-15);
    }

    @Test
    void stratumWithLessThanTwoUnitsInAnArmIsLeftOut() {
        var good = new Stratum(units(0, 1_000_000), units(1_000_000, 2_000_000));
        var thin = new Stratum(units(5_000_000), units(1_000_000, 2_000_000, 3_000_000));
        assertEquals(Comparison.stratified(List.of(good)), Comparison.stratified(List.of(thin, good)));
        assertTrue(Comparison.stratified(List.of(thin)).isEmpty());
        assertTrue(Comparison.stratified(List.of()).isEmpty());
    }
}
