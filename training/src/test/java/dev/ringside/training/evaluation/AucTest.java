package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucTest {
    private static Auc area(boolean[] labels, double... scores) {
        return Auc.of(new ScoredRows(labels, scores)).orElseThrow();
    }

    private static boolean[] firstAre(int positives, int rows) {
        boolean[] labels = new boolean[rows];
        Arrays.fill(labels, 0, positives, true);
        return labels;
    }

    @Test
    void elevenPositivesAboveAllNegativesAreNoCertainty() {
        double[] scores = new double[200];
        Arrays.fill(scores, 0, 11, 1);

        Estimate interval = area(firstAre(11, 200), scores).interval(0.95);

        // 11 pairs of different rows, all won: .025^(1/11).
        assertEquals(0.715, interval.low(), 5e-4);
        assertEquals(1, interval.high());
    }

    @Test
    void oneRowOfAClassShowsNothingOfTheArea() {
        Auc first = area(firstAre(1, 5), 0.3, 0.1, 0.2, 0.4, 0.5);
        Auc second = area(firstAre(1, 5), 0.5, 0.1, 0.2, 0.4, 0.3);

        assertEquals(new Estimate(0.5, 0.0, 1.0), first.interval(0.95));
        assertEquals(
                new Estimate(-0.5, -1.0, 1.0),
                AucDifference.between(first, second, 0.95).estimate());
    }

    @Test
    void equalModelsDifferByNothingForCertain() {
        Auc area = area(firstAre(3, 6), 0.3, 0.8, 0.2, 0.4, 0.5, 0.1);

        AucDifference difference = AucDifference.between(area, area, 0.95);

        assertEquals(new Estimate(0, 0.0, 0.0), difference.estimate());
        assertEquals(1, difference.p());
    }

    @Test
    void aWeightIsTheShareOfPairsThatARowStandsFor() {
        boolean[] labels = {true, true, false, false, false};
        double[] scores = {0.4, 0.9, 0.4, 0.2, 0.8};
        // Row 0 three times, row 3 twice.
        boolean[] copied = {true, true, true, true, false, false, false, false};
        double[] copiedScores = {0.4, 0.4, 0.4, 0.9, 0.4, 0.2, 0.2, 0.8};

        Auc weighted = Auc.of(new ScoredRows(labels, scores, new double[] {3, 1, 1, 2, 1}))
                .orElseThrow();

        assertEquals(area(copied, copiedScores).value(), weighted.value(), 1e-15);
    }

    @Test
    void whatWeightsAreMultipliedByChangesNothing() {
        SplittableRandom random = new SplittableRandom(1);
        ScoredRows rows = draw(random, 60, 20, true);
        double[] tenfold = Arrays.stream(rows.weights()).map(w -> 10 * w).toArray();

        Auc area = Auc.of(rows).orElseThrow();
        Auc same = Auc.of(new ScoredRows(rows.labels(), rows.scores(), tenfold)).orElseThrow();

        assertEquals(area.value(), same.value(), 1e-14);
        assertEquals(area.variance(), same.variance(), 1e-14);
    }

    /** Positives from N(1, 1), negatives from N(0, 1): the true area is Φ(1/√2) = .7602. */
    private static ScoredRows draw(SplittableRandom random, int rows, int positives, boolean weighted) {
        boolean[] labels = firstAre(positives, rows);
        double[] scores = new double[rows];
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            scores[row] = random.nextGaussian() + (labels[row] ? 1 : 0);
            weights[row] = weighted ? 0.2 + 3 * random.nextDouble() : 1;
        }
        return new ScoredRows(labels, scores, weights);
    }

    /** 3,000 draws, seed 7: the relative standard error of an empirical variance is √(2/3000) = .026, three of them. */
    @Test
    void theVarianceWithWeightsIsWhatRepetitionsShow() {
        SplittableRandom random = new SplittableRandom(7);
        int draws = 3_000;
        double estimated = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            Auc area = Auc.of(draw(random, 150, 50, true)).orElseThrow();
            estimated += area.variance() / draws;
            sum += area.value();
            squares += area.value() * area.value();
        }
        double observed = (squares - sum * sum / draws) / (draws - 1);
        assertEquals(1, estimated / observed, 0.08);
    }

    /** 4,000 draws of 11 positives, seed 3; the standard error of a coverage of .95 is .0034. */
    @Test
    void ofElevenPositivesTheReportedIntervalHoldsTheTrueAreaAndThePlainOneTooSeldom() {
        SplittableRandom random = new SplittableRandom(3);
        double truth = 0.760249938906523;
        int draws = 4_000;
        int reported = 0;
        int plain = 0;
        for (int i = 0; i < draws; i++) {
            Auc area = Auc.of(draw(random, 200, 11, false)).orElseThrow();
            Estimate interval = area.interval(0.95);
            Estimate other = area.plainInterval(0.95);
            reported += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            plain += other.low() <= truth && truth <= other.high() ? 1 : 0;
        }
        assertEquals(0.95, (double) reported / draws, 0.0125, "reported");
        assertTrue(reported > plain, reported + " against " + plain);
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedWithItsRow() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new ScoredRows(new boolean[2], new double[] {0.5, Double.NaN}))
                .getMessage();

        assertEquals("score of row 1 is NaN, expected a finite number", message);
    }

    @Test
    void aMillionRowsAreRankedAsTheLibrarySortsThem() {
        SplittableRandom random = new SplittableRandom(5);
        double[] scores = random.doubles(1_000_003)
                .map(score -> Math.rint(score * 1e5) / 1e5)
                .toArray();
        double[] sorted = scores.clone();
        Arrays.sort(sorted);

        ScoreOrder order = ScoreOrder.of(scores);

        for (int rank = 0; rank < sorted.length; rank++) {
            assertEquals(sorted[rank], scores[order.row(rank)]);
            assertEquals(sorted[rank], order.score(rank));
            assertTrue(rank == 0 || sorted[rank - 1] < sorted[rank] || order.row(rank - 1) < order.row(rank));
        }
    }
}
