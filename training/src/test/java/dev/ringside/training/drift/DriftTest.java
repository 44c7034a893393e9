package dev.ringside.training.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.SharedFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
    @Test
    void missingNumbersHaveABinOfTheirOwn() {
        double[] reference = {1, 2, 3, 4, Double.NaN};

        Histogram histogram = QuantileBins.of(reference, 2)
                .histogram(reference, new double[] {Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY, 2.5});

        assertArrayEquals(new double[] {2, 2, 1}, histogram.reference());
        assertArrayEquals(new double[] {1, 1, 2}, histogram.current());
    }

    @Test
    void aColumnOfWhichNothingIsKnownHasOneBinForAllNumbers() {
        double[] reference = {Double.NaN, Double.NaN};

        Histogram histogram = QuantileBins.of(reference, 10).histogram(reference, new double[] {1, 2, Double.NaN});

        assertArrayEquals(new double[] {2, 1}, histogram.current());
    }

    @Test
    void zeroIsZeroWhateverItsSign() {
        QuantileBins bins = QuantileBins.of(new double[] {-1, 0, 1}, 2);

        assertEquals(bins.bin(0.0), bins.bin(-0.0));
    }

    @Test
    void unseenAndMissingCategoriesHaveBinsOfTheirOwn() {
        String[] reference = {"SLC", "AUS", "SLC", null};

        Histogram histogram =
                CategoryBins.of(reference).histogram(reference, new String[] {"SLC", "SEA", "PDX", null, null});

        assertArrayEquals(new double[] {1, 2, 0, 1}, histogram.reference());
        assertArrayEquals(new double[] {0, 1, 2, 2}, histogram.current());
    }

    @Test
    void dataWithoutRowsCannotBeCompared() {
        assertThrows(IllegalArgumentException.class, () -> new Histogram(new double[] {1, 2}, new double[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> KolmogorovSmirnov.of(new double[] {Double.NaN}, new double[] {1}));
    }

    /** 2,000 pairs of 500 and 200 rows in 10 bins, seed 9: the mean is 9(1/500 + 1/200) = .063, its error 1 %. */
    @Test
    void withoutDriftTheStabilityIndexIsOnAverageWhatIsSaid() {
        SplittableRandom random = new SplittableRandom(9);
        double mean = 0;
        for (int i = 0; i < 2_000; i++) {
            double[] reference = new double[10];
            double[] current = new double[10];
            for (int row = 0; row < 500; row++) {
                reference[random.nextInt(10)]++;
            }
            for (int row = 0; row < 200; row++) {
                current[random.nextInt(10)]++;
            }
            mean += new Histogram(reference, current).psi() / 2_000;
        }
        assertEquals(
                new Histogram(new double[] {499, 1, 0}, new double[] {200, 0, 0}).psiWithoutDrift() * 9, mean, 0.003);
    }

    @Test
    void theExactProbabilityMeetsTheLimitWhereSamplesAreLarge() {
        SplittableRandom random = new SplittableRandom(6);
        double[] first = random.doubles(2_000).toArray();
        double[] second = random.doubles(2_000).map(value -> value + 0.03).toArray();

        TestResult exact = KolmogorovSmirnov.of(first, second);

        assertEquals(KolmogorovSmirnov.limit(exact.statistic(), 2_000, 2_000), exact.p(), 0.1 * exact.p());
    }

    /** The electricity prices, the first 60 % against the last 20 %, ten bins. */
    @ParameterizedTest
    @CsvSource({"vicdemand, 1.46", "transfer, 1.27"})
    @SharedFolder.DataNeeded
    void electricityDriftsInTimeAndNotWhenShuffled(String column, double stability) throws IOException {
        double[] inTime = SharedFolder.numbers("elec.csv", column);
        double[] shuffled = inTime.clone();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }

        assertEquals(stability, stability(inTime), 0.005);
        double without = stability(shuffled);
        assertTrue(without <= 0.002, column + " shuffled has " + without);
    }

    private static double stability(double[] values) {
        double[] reference = Arrays.copyOf(values, values.length * 6 / 10);
        double[] current = Arrays.copyOfRange(values, values.length * 8 / 10, values.length);
        return QuantileBins.of(reference, 10).histogram(reference, current).psi();
    }
}
