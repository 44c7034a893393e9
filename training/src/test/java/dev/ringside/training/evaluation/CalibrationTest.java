package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void rareScoresHaveBinsOfTheirOwnWhereBinsAreOfEqualMass() {
        double[] scores = {0.01, 0.02, 0.03, 0.04};
        ScoredRows rows = new ScoredRows(new boolean[] {false, false, false, true}, scores);

        assertEquals(1, Calibration.equalWidth(rows, 4).bins().size());
        List<Calibration.Bin> bins = Calibration.equalMass(rows, 4).bins();
        assertEquals(
                List.of(0.01, 0.02, 0.03, 0.04),
                bins.stream().map(Calibration.Bin::meanScore).toList());
        assertEquals(
                (0.01 + 0.02 + 0.03 + 0.96) / 4, Calibration.equalMass(rows, 4).error(), 1e-15);
    }

    @Test
    void rowsOfEqualScoreAreInOneBin() {
        ScoredRows rows =
                new ScoredRows(new boolean[] {true, false, false, false, true}, new double[] {0.4, 0.4, 0.4, 0.4, 0.9});

        List<Calibration.Bin> bins = Calibration.equalMass(rows, 5).bins();

        assertEquals(2, bins.size());
        assertEquals(0.25, bins.getFirst().positives().value(), 1e-15);
        assertEquals(0.8, bins.getFirst().share(), 1e-15);
    }

    /** Wilson (1927) by R's {@code prop.test(0, 10, correct = FALSE)}: 0 to .2775. */
    @Test
    void aBinWithoutPositivesHasAnIntervalToo() {
        ScoredRows rows = new ScoredRows(new boolean[10], new double[10]);

        Estimate share = Calibration.equalMass(rows, 10).bins().getFirst().positives();

        assertEquals(0, share.low());
        assertEquals(0.2775, share.high(), 5e-5);
    }

    @Test
    void aScoreOfOneIsInTheLastBin() {
        ScoredRows rows = new ScoredRows(new boolean[] {true, false}, new double[] {1, 0});

        assertEquals(2, Calibration.equalWidth(rows, 10).bins().size());
        assertTrue(Calibration.equalWidth(rows, 10).error() == 0);
    }
}
