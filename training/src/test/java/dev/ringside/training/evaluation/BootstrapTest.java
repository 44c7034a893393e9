package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

        Estimate difference = SEEDED.difference(new PredictedRows(first, second, null), first, second);

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
        Statistic precision =
                new AveragePrecision(new ScoredRows(new boolean[] {true, false, false}, new double[] {0.9, 0.2, 0.1}));

        Estimate undefined = SEEDED.estimate(ones(3), null, precision);

        assertEquals(1, undefined.value());
        assertNull(undefined.low());
    }

    @Test
    void tooFewResamplesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(1, 99, 0.95));
    }

    /** Every statistic that has an influence, weighted, with and without strata; 4,000 resamples, seed 6. */
    @Test
    void theLinearisationShowsWhatResamplesDo() {
        int rows = 3_000;
        SplittableRandom random = new SplittableRandom(6);
        boolean[] labels = new boolean[rows];
        double[] scores = new double[rows];
        double[] weights = new double[rows];
        int[] strata = new int[rows];
        double[] numbers = new double[rows];
        for (int row = 0; row < rows; row++) {
            scores[row] = Math.rint(random.nextDouble() * 200) / 200;
            labels[row] = random.nextDouble() < 0.4 * scores[row];
            strata[row] = labels[row] ? 1 : 0;
            weights[row] = 0.5 + random.nextDouble();
            numbers[row] = 2 * scores[row] + random.nextGaussian();
        }
        ScoredRows scored = new ScoredRows(labels, scores, weights);
        PredictedRows predicted = new PredictedRows(numbers, scores, weights);
        Bootstrap bootstrap = new Bootstrap(6, 4_000, 0.95);
        List<Statistic> statistics = List.of(
                new AveragePrecision(scored),
                Statistic.mean(LogLoss.losses(scored)),
                Statistic.functionOfMean(RowLosses.of(predicted), Math::sqrt, mean -> 0.5 / Math.sqrt(mean)),
                new Regression.VarianceExplained(numbers, RowLosses.squares(predicted)));
        for (int[] strata0 : new int[][] {null, strata}) {
            List<Estimate> resampled = bootstrap.resampled(weights, strata0, statistics);
            for (int i = 0; i < statistics.size(); i++) {
                Estimate linearised = bootstrap.linearised(weights, strata0, statistics.get(i));
                double width = resampled.get(i).high() - resampled.get(i).low();
                assertEquals(width, linearised.high() - linearised.low(), 0.06 * width, "width of " + i);
                assertEquals(resampled.get(i).low(), linearised.low(), 0.08 * width, "low end of " + i);
                assertEquals(resampled.get(i).value(), linearised.value());
            }
        }
    }

    @Test
    void aDerivativeIsWhatASmallStepShows() {
        ScoredRows rows = new ScoredRows(
                new boolean[] {true, false, true, false, false, true}, new double[] {0.9, 0.9, 0.5, 0.4, 0.3, 0.3});
        double[] weights = {1, 2, 0.5, 1, 1.5, 1};
        AveragePrecision precision = new AveragePrecision(rows);
        double[] influence = precision.influence(weights);
        for (int row = 0; row < weights.length; row++) {
            double[] moved = weights.clone();
            moved[row] *= 1 + 1e-6;
            assertEquals((precision.of(moved) - precision.of(weights)) / 1e-6, influence[row], 1e-5, "row " + row);
        }
    }
}
