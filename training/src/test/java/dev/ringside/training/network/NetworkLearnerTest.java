package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.features.FeatureMatrix;
import dev.ringside.training.learning.DenseLayer;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkLearnerTest {
    private static final Examples TRAIN = signs(1, 2_000);
    private static final Examples VALIDATION = signs(2, 500);

    /** Positive, mostly, where both numbers have the same sign: what no logistic regression can tell. */
    private static Examples signs(long seed, int rows) {
        var random = new Random(seed);
        float[] values = new float[rows * 2];
        boolean[] labels = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            values[2 * i] = (float) random.nextGaussian();
            values[2 * i + 1] = (float) random.nextGaussian();
            labels[i] = (values[2 * i] * values[2 * i + 1] > 0) == (random.nextInt(10) > 0);
        }
        return new Examples(new FeatureMatrix(rows, 2, values), labels);
    }

    private static NetworkLearner learner(double dropout, double rate, int epochs, int patience) {
        return new NetworkLearner(new NetworkSettings(List.of(16, 8), dropout, rate, 0, 64, epochs, patience));
    }

    private static double loss(Learned model, Examples examples) {
        double[] scores = model.scorer().score(examples.features());
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= Math.log(examples.labels()[i] ? scores[i] : 1 - scores[i]);
        }
        return sum / scores.length;
    }

    @Test
    void learnsWhatNoStraightLineCanTell() {
        Learned model = learner(0, 0.01, 30, 5).fit(TRAIN, VALIDATION, 1, (_, _, _, _) -> {});

        assertTrue(loss(model, VALIDATION) < 0.45, "loss " + loss(model, VALIDATION));
    }

    @Test
    void theWeightsAreThoseOfThePassWithTheLeastValidationLoss() {
        List<Double> losses = new ArrayList<>();

        // A rate that is too large for a smooth descent: the last pass is not the best one.
        Learned model = learner(0, 0.05, 40, 4).fit(TRAIN, VALIDATION, 3, (_, _, _, loss) -> losses.add(loss));

        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
        assertEquals(losses.size() - 1 - 4, best, "stops four passes after the best");
        assertTrue(losses.size() < 40, "stops before its limit");
        assertEquals(losses.get(best), loss(model, VALIDATION), 1e-5);
        assertEquals(best + 1.0, model.facts().get("best_epoch"));
    }

    @Test
    void theSameSeedGivesTheSameWeightsAlsoWithDropoutAndAnotherSeedOthers() {
        NetworkLearner learner = learner(0.2, 0.01, 4, 4);

        Learned first = learner.fit(TRAIN, VALIDATION, 7, (_, _, _, _) -> {});
        Learned second = learner.fit(TRAIN, VALIDATION, 7, (_, _, _, _) -> {});
        Learned other = learner.fit(TRAIN, VALIDATION, 8, (_, _, _, _) -> {});

        for (int i = 0; i < first.layers().size(); i++) {
            DenseLayer layer = first.layers().get(i);
            assertArrayEquals(layer.weights(), second.layers().get(i).weights());
            assertArrayEquals(layer.bias(), second.layers().get(i).bias());
        }
        assertFalse(Arrays.equals(
                first.layers().getFirst().weights(), other.layers().getFirst().weights()));
    }

    @Test
    void aLossThatIsNotFiniteIsAnErrorThatNamesTheLearningRate() {
        float[] values = TRAIN.features().values().clone();
        Arrays.fill(values, Float.MAX_VALUE);
        var huge = new Examples(new FeatureMatrix(TRAIN.size(), 2, values), TRAIN.labels());

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> learner(0, 10, 3, 3).fit(huge, VALIDATION, 1, (_, _, _, _) -> {}))
                .getMessage();

        assertTrue(message.contains("learning_rate, which is 10"), message);
    }
}
