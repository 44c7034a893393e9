package dev.ringside.experiments.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTest {
    private static final NormalDistribution REFERENCE = NormalDistribution.of(0, 1);

    @Test
    void bothTailsAgreeWithCommonsStatisticsAsFarAsItGoes() {
        for (double x = -37; x <= 8; x += 0.0137) {
            double expected = REFERENCE.cumulativeProbability(x);
            // Beyond 6 the reference itself is off in the 13th digit; see the known digits at 37.
            double tolerance = (x < -6 ? 2e-13 : 1e-14) * expected;
            assertEquals(expected, Normal.cdf(x), tolerance, "cdf at " + x);
            assertEquals(expected, Normal.survival(-x), tolerance, "survival at " + -x);
        }
    }

    @Test
    void centreAgreesWithCommonsStatisticsToTheLastBits() {
        for (double x = -3; x <= 3; x += 0.00137) {
            assertEquals(REFERENCE.cumulativeProbability(x), Normal.cdf(x), 4e-16, "cdf at " + x);
        }
    }

    @Test
    @SuppressWarnings("FloatingPointLiteralPrecision") // the digits of the tables
    void knownDigitsComeOut() {
        // Abramowitz and Stegun, tables 26.1 and 26.2, and mpmath 1.3 to 20 digits.
        assertEquals(0.84134474606854294859, Normal.cdf(1), 1e-16);
        assertEquals(6.2209605742717841235e-16, Normal.survival(8), 1e-30);
        assertEquals(5.725571222524576822683e-300, Normal.survival(37), 2e-314);
        assertEquals(1.9599639845400542355, Normal.upperQuantile(0.025), 1e-15);
        assertEquals(1.9599639845400542355, Normal.quantile(0.975), 1e-15);
        assertEquals(0.84162123357291441951, Normal.quantile(0.8), 2e-16);
        assertEquals(0, Normal.quantile(0.5), 1e-17);
    }

    @Test
    void quantileUndoesTheTailAtEveryMagnitude() {
        for (double exponent = 0.302; exponent < 300; exponent += 0.117) {
            double p = StrictMath.pow(10, -exponent);
            double z = Normal.upperQuantile(p);
            // Relative error of the tail is z times the absolute error of z.
            assertEquals(p, Normal.survival(z), p * (3e-15 + 4e-16 * z * z), "p = " + p);
            assertEquals(REFERENCE.inverseSurvivalProbability(p), z, 1e-12 + 4e-16 * z, "p = " + p);
            assertEquals(z, -Normal.quantile(p));
        }
    }

    @Test
    void densityAgreesWithCommonsStatistics() {
        for (double x = -10; x <= 10; x += 0.1) {
            assertEquals(REFERENCE.density(x), Normal.density(x), 1e-14 * REFERENCE.density(x));
        }
    }

    @Test
    void quantileRefusesWhatIsNoProbability() {
        assertThrows(IllegalArgumentException.class, () -> Normal.upperQuantile(0));
        assertThrows(IllegalArgumentException.class, () -> Normal.quantile(1));
        assertThrows(IllegalArgumentException.class, () -> Normal.quantile(Double.NaN));
    }
}
