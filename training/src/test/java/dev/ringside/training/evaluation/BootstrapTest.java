package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.evaluation.Bootstrap.Statistic;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Bootstrap SEEDED = new Bootstrap(11, 400, 0.95);

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] gaussian(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(rows).map(_ -> random.nextGaussian()).toArray();
    }

    /** The interval of a mean of 2,000 standard normals is ±1.96/√2000 = ±.0438, within a tenth for 4,000 resamples. */
    @Test
    void theIntervalOfAMeanIsAsWideAsTheoryHasIt() {
        double[] values = gaussian(1, 2_000);

        Estimate mean = new Bootstrap(2, 4_000, 0.95).estimate(ones(2_000), null, Statistic.mean(values));

        assertEquals(2 * 0.0438, mean.high() - mean.low(), 0.009);
        assertTrue(mean.low() < mean.value() && mean.value() < mean.high());
    }

    @Test
    void equalSeedsGiveEqualIntervalsWhateverElseIsAsked() {
        Statistic mean = Statistic.mean(gaussian(1, 50));
        Statistic other = Statistic.mean(gaussian(2, 50));

        Estimate alone = SEEDED.estimate(ones(50), null, mean);

        assertEquals(
                alone, SEEDED.estimates(ones(50), null, List.of(other, mean)).get(1));
        assertNotEquals(alone, new Bootstrap(12, 400, 0.95).estimate(ones(50), null, mean));
    }

    @Test
    void aDifferenceOnTheSameRowsIsPaired() {
        double[] first = gaussian(1, 100);
        double[] second = Arrays.stream(first).map(value -> value - 0.5).toArray();

        Estimate difference = SEEDED.estimate(
                ones(100), null, weights -> RowArrays.mean(first, weights) - RowArrays.mean(second, weights));

        assertEquals(0.5, difference.low(), 1e-12);
        assertEquals(0.5, difference.high(), 1e-12);
    }

    @Test
    void strataKeepTheirNumberOfRows() {
        int[] strata = {1, 0, 1, 0, 0};
        double[] inSecond = {1, 0, 1, 0, 0};

        Estimate share = SEEDED.estimate(ones(5), strata, Statistic.mean(inSecond));
        Estimate without = SEEDED.estimate(ones(5), null, Statistic.mean(inSecond));

        assertEquals(new Estimate(0.4, 0.4, 0.4), share);
        assertTrue(without.low() < 0.4);
    }

    @Test
    void whatAResampleLeavesUndefinedHasNoInterval() {
        Estimate undefined = SEEDED.estimate(ones(3), null, weights -> weights[0] > 0 ? weights[1] : Double.NaN);

        assertEquals(1, undefined.value());
        assertNull(undefined.low());
    }

    @Test
    void tooFewResamplesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1, 99, 0.95));
    }
}
