package dev.ringside.training.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against SciPy 1.17.1 ({@code norm}, {@code chi2}, {@code t}, {@code kstwobign}); 1e-12 relative. */
class DistributionTest {
    private static final String STUDENT = """
        1, 12.706204736174705
        2, 4.302652729749464
        3, 3.1824463052837086
        10, 2.2281388519862753
        11, 2.2009851600916392
        101, 1.983731002955606
        998, 1.9623438462163345
        """;

    private static final String NORMAL = """
        -3.0, 0.9986501019683699
        -0.5, 0.6914624612740131
        0.0, 0.5
        0.1, 0.460172162722971
        1.0, 0.15865525393145707
        1.2, 0.11506967022170822
        1.96, 0.024997895148220435
        5.0, 2.866515718791933e-07
        12.0, 1.776482112077653e-33
        30.0, 4.906713927147908e-198
        """;

    private static final String QUANTILES = """
        0.05, 0.06270677794321385
        0.5, 0.6744897501960817
        0.9, 1.6448536269514729
        0.95, 1.959963984540054
        0.99, 2.5758293035489004
        0.999999, 4.8916384756929325
        """;

    private static final String CHI_SQUARED = """
        0.001, 1, 0.9747728793699604
        3.84, 1, 0.05004352124870519
        60.0, 1, 9.485737571073857e-15
        2.0, 2, 0.36787944117144245
        710.0, 9, 4.8967135419301725e-147
        25.0, 30, 0.7250318841806004
        300.0, 301, 0.5054330340387084
        1200.0, 1000, 1.2255942330622893e-05
        """;

    private static final String KOLMOGOROV = """
        0.3, 0.9999906941986655
        0.6, 0.8642827790506042
        0.99, 0.2808738392255489
        1.0, 0.26999967167735456
        1.01, 0.25943416909359746
        1.36, 0.049485876755377876
        2.5, 7.453306344157342e-06
        """;

    private static void assertClose(double expected, double found) {
        assertEquals(expected, found, 1e-12 * Math.abs(expected));
    }

    @ParameterizedTest
    @CsvSource(textBlock = NORMAL)
    void theNormalTailIsRightNearAndFar(double z, double survival) {
        assertClose(survival, Normal.survival(z));
        assertClose(z == 0 ? 1 : 2 * Math.min(survival, 1 - survival), Normal.twoSided(z));
    }

    @ParameterizedTest
    @CsvSource(textBlock = QUANTILES)
    void aTwoSidedIntervalsHalfWidthIsTheNormalQuantile(double level, double quantile) {
        assertClose(quantile, Normal.halfWidth(level));
    }

    @Test
    void aLevelIsAShare() {
        assertThrows(IllegalArgumentException.class, () -> Normal.halfWidth(95));
    }

    @ParameterizedTest
    @CsvSource(textBlock = CHI_SQUARED)
    void theChiSquaredTailIsRightForOddAndEvenDegrees(double statistic, int degrees, double survival) {
        assertEquals(survival, ChiSquared.survival(statistic, degrees), 1e-11 * survival);
    }

    @ParameterizedTest
    @CsvSource(textBlock = KOLMOGOROV)
    void kolmogorovsLimitIsRightOnBothSidesOfWhereItsSeriesMeet(double t, double survival) {
        assertEquals(survival, Kolmogorov.survival(t), 1e-14);
    }
    // TABLES

    @ParameterizedTest
    @CsvSource(textBlock = STUDENT)
    void studentsQuantileIsRightForOddAndEvenDegrees(long degrees, double quantile) {
        assertClose(quantile, StudentT.halfWidth(0.95, degrees));
    }

    @Test
    void ofAThousandDegreesStudentIsNormalWithinAnEightHundredth() {
        assertEquals(1.9623390808264085, StudentT.halfWidth(0.95, 1_000), 1.96 / 800);
    }
}
