package dev.ringside.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Regression and several classes, against scikit-learn 1.9.1 on the same numbers. */
class OtherTasksTest {
    private static final Evaluation EVALUATION = new Evaluation(List.of(), new Bootstrap(1, 200, 0.95));

    private static final double[] REGRESSION = {0.5270462766947299, 0.4444444444444444, 0.9509803921568627};
    private static final double[] MULTI_CLASS = {0.9583333333333334, 0.6986228180384583, 0.6666666666666666};

    private static Map<String, Estimate> metrics(Judged rows) {
        return EVALUATION.reports("test", rows, null).getFirst().metrics();
    }

    @Test
    void numbersHaveRootMeanSquareMeanAbsoluteErrorAndVarianceExplained() {
        Map<String, Estimate> metrics = metrics(new PredictedRows(
                new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0, 2, 8}, new double[] {1, 2, 1, 0.5}));

        assertEquals(REGRESSION[0], metrics.get("rmse").value(), 1e-12);
        assertEquals(REGRESSION[1], metrics.get("mae").value(), 1e-12);
        assertEquals(REGRESSION[2], metrics.get("r_squared").value(), 1e-12);
        assertTrue(metrics.get("rmse").low() < metrics.get("rmse").high());
    }

    @Test
    void equalNumbersHaveNoVarianceToExplain() {
        assertFalse(metrics(new PredictedRows(new double[] {2, 2}, new double[] {1, 3}, null))
                .containsKey("r_squared"));
    }

    private static final int[] CLASSES = {0, 2, 1, 1, 0, 2};
    private static final double[][] PROBABILITIES = {
        {0.7, 0.2, 0.1}, {0.1, 0.3, 0.6}, {0.2, 0.5, 0.3}, {0.5, 0.4, 0.1}, {0.3, 0.3, 0.4}, {0.2, 0.2, 0.6}
    };

    @Test
    void classesHaveTheMeanAreaAgainstTheRestLogLossAndAccuracy() {
        Map<String, Estimate> metrics = metrics(new ClassifiedRows(CLASSES, PROBABILITIES, null));

        assertEquals(MULTI_CLASS[0], metrics.get("macro_auc").value(), 1e-12);
        assertEquals(MULTI_CLASS[1], metrics.get("log_loss").value(), 1e-12);
        assertEquals(MULTI_CLASS[2], metrics.get("accuracy").value(), 1e-12);
    }

    @Test
    void aClassWithoutRowsHasNoAreaAndSoTheMeanHasNone() {
        assertFalse(metrics(new ClassifiedRows(new int[] {0, 1}, new double[][] {{0.5, 0.5, 0}, {0.5, 0.5, 0}}, null))
                .containsKey("macro_auc"));
    }

    /** Two classes' areas against each other are one area twice, so the mean's interval is the plain one's. */
    @Test
    void withTwoClassesTheMeanAreaIsTheArea() {
        SplittableRandom random = new SplittableRandom(2);
        int[] labels = new int[80];
        double[][] probabilities = new double[80][];
        boolean[] positive = new boolean[80];
        double[] scores = new double[80];
        for (int row = 0; row < 80; row++) {
            scores[row] = random.nextDouble();
            positive[row] = random.nextDouble() < scores[row];
            labels[row] = positive[row] ? 1 : 0;
            probabilities[row] = new double[] {1 - scores[row], scores[row]};
        }

        Estimate macro =
                metrics(new ClassifiedRows(labels, probabilities, null)).get("macro_auc");

        Estimate plain = Auc.of(new ScoredRows(positive, scores)).orElseThrow().plainInterval(0.95);
        assertEquals(plain.value(), macro.value(), 1e-12);
        assertEquals(plain.low(), macro.low(), 1e-12);
        assertEquals(plain.high(), macro.high(), 1e-12);
    }

    @Test
    void aClassOutOfRangeIsRefusedWithItsRow() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new ClassifiedRows(new int[] {0, 3}, new double[][] {{1, 0}, {0, 1}}, null))
                .getMessage();

        assertEquals("label of row 1 is 3, expected a class from 0 to 1", message);
    }
}
