package dev.ringside.experiments.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialTest {
    /** StrictMath's is itself within one unit in the last place of the true value. */
    @Test
    void itLiesWithinTwoUnitsInTheLastPlaceOfStrictMaths() {
        var random = new SplittableRandom(20010401);
        for (int i = 0; i < 1_000_000; i++) {
            double x = (random.nextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 4);
            double exact = StrictMath.exp(x);
            assertEquals(exact, Exponential.of(x), 2 * StrictMath.ulp(exact), () -> "e to " + x);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                700,
                -700,
                709.7,
                -745,
                -746,
                710,
                Double.NaN,
                Double.MIN_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void farOutAndAtZeroItIsStrictMaths(double x) {
        assertEquals(StrictMath.exp(x), Exponential.of(x));
    }

    /** A relative error of an exponent of y²/2 = 700 is multiplied by it: 700 · 2⁻⁵³ · 2 = 1.6e-13. */
    @Test
    void aQuickTailIsTheTail() {
        for (double x = -9; x < 37; x += 0.001) {
            double exact = Normal.survival(x);
            assertEquals(exact, Normal.quickSurvival(x), 2e-13 * exact, "above " + x);
        }
    }
}
