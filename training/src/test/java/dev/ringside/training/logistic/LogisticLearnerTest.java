package dev.ringside.training.logistic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.RunContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticLearnerTest {
    private static LogisticModel fit(Examples examples, double weightDecay, long seed) {
        return (LogisticModel)
                new LogisticLearner(weightDecay).fit(examples, null, new RunContext(seed, (_, _, _, _) -> {}));
    }

    private static Examples examples(int width, float[] values, double[] targets) {
        var rows =
                new Encoded(targets.length, List.of(new Part.Numbers(width)), List.of(new Block.Dense(width, values)));
        return new Examples(rows, targets, null);
    }

    private static Examples fortyRows() {
        float[] values = new float[80];
        double[] targets = new double[40];
        for (int i = 0; i < 40; i++) {
            values[2 * i] = i % 7 - 3;
            values[2 * i + 1] = i * i % 5 - 2;
            targets[i] = i * 7 % 11 + 2 * (i % 7 - 3) > 5 ? 1 : 0;
        }
        return examples(2, values, targets);
    }

    /** scikit-learn 1.9.1: LogisticRegression(C=1/(40 × 0.01), solver='newton-cholesky', tol=1e-14). */
    @Test
    void findsTheMinimumThatScikitLearnFinds() {
        LogisticModel layer = fit(fortyRows(), 0.01, 1);

        assertEquals(0.9233205856457, layer.weights()[0], 1e-7);
        assertEquals(-0.03030297708986, layer.weights()[1], 1e-7);
        assertEquals(-0.20275335163585, layer.bias(), 1e-7);
    }

    @Test
    void dependsOnNoSeed() {
        assertArrayEquals(
                fit(fortyRows(), 0.01, 1).weights(), fit(fortyRows(), 0.01, 2).weights());
    }

    @Test
    void labelsThatAreSplitWithoutErrorHaveAMinimumByThePenaltyAlone() {
        var random = new Random(1);
        float[] values = new float[200];
        double[] targets = new double[200];
        for (int i = 0; i < 200; i++) {
            values[i] = (float) random.nextGaussian();
            targets[i] = values[i] > 0 ? 1 : 0;
        }
        Examples separable = examples(1, values, targets);

        assertTrue(fit(separable, 1e-3, 1).weights()[0] > 1);
    }

    @Test
    void featuresThatDetermineEachOtherNeedAPenalty() {
        float[] values = new float[40];
        double[] targets = new double[20];
        for (int i = 0; i < 20; i++) {
            values[2 * i] = i;
            values[2 * i + 1] = 3 * i;
            targets[i] = i % 3 == 0 ? 1 : 0;
        }
        Examples dependent = examples(2, values, targets);

        String message = assertThrows(IllegalStateException.class, () -> fit(dependent, 0, 1))
                .getMessage();

        assertTrue(message.contains("set weight_decay above 0"), message);
        assertTrue(Float.isFinite(fit(dependent, 1e-6, 1).weights()[0]));
    }
}
