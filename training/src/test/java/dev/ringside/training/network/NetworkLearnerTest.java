package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.InMemoryCheckpoints;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.learning.StopRule;
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
        double[] targets = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[2 * i] = (float) random.nextGaussian();
            values[2 * i + 1] = (float) random.nextGaussian();
            boolean same = values[2 * i] * values[2 * i + 1] > 0;
            targets[i] = same == (random.nextInt(10) > 0) ? 1 : 0;
        }
        return examples(values, targets);
    }

    private static Examples examples(float[] values, double[] targets) {
        var rows = new Encoded(targets.length, List.of(new Part.Numbers(2)), List.of(new Block.Dense(2, values)));
        return new Examples(rows, targets, null);
    }

    private static NetworkLearner learner(double dropout, double rate, int epochs, int patience) {
        return new NetworkLearner(
                NetworkSettings.plain(List.of(16, 8), dropout, rate, 0, 64, epochs, patience),
                new Target.Probability());
    }

    private static double loss(Model model, Examples examples) {
        double[] scores = model.score(examples.features());
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= Math.log(examples.targets()[i] == 1 ? scores[i] : 1 - scores[i]);
        }
        return sum / scores.length;
    }

    @Test
    void learnsWhatNoStraightLineCanTell() {
        Model model = learner(0, 0.01, 30, 5).fit(TRAIN, VALIDATION, new RunContext(1, (_, _, _, _) -> {}));

        assertTrue(loss(model, VALIDATION) < 0.45, "loss " + loss(model, VALIDATION));
    }

    @Test
    void theWeightsAreThoseOfThePassWithTheLeastValidationLoss() {
        List<Double> losses = new ArrayList<>();

        // A rate that is too large for a smooth descent: the last pass is not the best one.
        Model model =
                learner(0, 0.05, 40, 4).fit(TRAIN, VALIDATION, new RunContext(3, (_, _, _, loss) -> losses.add(loss)));

        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
        assertEquals(losses.size() - 1 - 4, best, "stops four passes after the best");
        assertTrue(losses.size() < 40, "stops before its limit");
        assertEquals(losses.get(best), loss(model, VALIDATION), 1e-5);
        assertEquals(best + 1.0, model.facts().get("best_epoch"));
    }

    @Test
    void theSameSeedGivesTheSameWeightsAlsoWithDropoutAndAnotherSeedOthers() {
        NetworkLearner learner = learner(0.2, 0.01, 4, 4);

        Model first = learner.fit(TRAIN, VALIDATION, new RunContext(7, (_, _, _, _) -> {}));
        Model second = learner.fit(TRAIN, VALIDATION, new RunContext(7, (_, _, _, _) -> {}));
        Model other = learner.fit(TRAIN, VALIDATION, new RunContext(8, (_, _, _, _) -> {}));

        double[] scores = first.score(VALIDATION.features());
        assertArrayEquals(scores, second.score(VALIDATION.features()));
        assertFalse(Arrays.equals(scores, other.score(VALIDATION.features())));
    }

    @Test
    void aLossThatIsNotFiniteIsAnErrorThatNamesTheLearningRate() {
        float[] values = new float[2 * TRAIN.size()];
        Arrays.fill(values, Float.MAX_VALUE);
        Examples huge = examples(values, TRAIN.targets());

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> learner(0, 10, 3, 3).fit(huge, VALIDATION, new RunContext(1, (_, _, _, _) -> {})))
                .getMessage();

        assertTrue(message.contains("learning_rate, which is 10"), message);
    }

    @Test
    void aFittingThatWasEndedInMidPatienceComesToTheSameWeights() {
        NetworkLearner learner = new NetworkLearner(
                new NetworkSettings(List.of(16, 8), Activation.Kind.RELU, true, false, 0.2, 0.05, 0.001, 0, 64, 40, 4),
                new Target.Probability());
        List<Double> losses = new ArrayList<>();
        Model whole = learner.fit(TRAIN, VALIDATION, new RunContext(3, (_, _, _, loss) -> losses.add(loss)));
        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;

        Model resumed =
                InMemoryCheckpoints.interrupted(run -> learner.fit(TRAIN, VALIDATION, run), 3, Math.min(best + 2, 40));

        assertArrayEquals(whole.score(VALIDATION.features()), resumed.score(VALIDATION.features()));
        assertEquals(whole.facts(), resumed.facts());
    }

    /** How many are on the wrong side, which says nothing of how near they are. */
    private static double errors(double[] scores, Examples rows) {
        double wrong = 0;
        for (int i = 0; i < scores.length; i++) {
            wrong += scores[i] > 0.5 == (rows.targets()[i] == 1) ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void anotherMeasureSaysWhichPassIsTheBestAndOfWhichTheWeightsAre() {
        List<Double> measured = new ArrayList<>();
        var rule = new StopRule(
                (scores, rows) -> {
                    measured.add(errors(scores, rows));
                    return measured.getLast();
                },
                6,
                0);
        var run = new RunContext(3, (_, _, _, _) -> {}, Checkpoints.none(), rule, new Passes());

        Model model = learner(0, 0.05, 60, 2).fit(TRAIN, VALIDATION, run);

        double least = measured.stream().min(Double::compare).orElseThrow();
        int best = measured.indexOf(least);
        assertEquals(measured.size() - 1 - 6, best, "the rule's patience goes before the model's");
        assertEquals(best + 1.0, model.facts().get("best_epoch"));
        assertEquals(least, errors(model.score(VALIDATION.features()), VALIDATION));
    }

    @Test
    void asManyPassesAsWereFoundAreTakenWithoutValidation() {
        var passes = new Passes();
        var run = new RunContext(3, (_, _, _, _) -> {}).with(passes);
        Model stopped = learner(0, 0.05, 40, 4).fit(TRAIN, VALIDATION, run);

        Model again = learner(0, 0.05, 40, 4).fit(TRAIN, null, run.with(passes.fixed()));

        assertArrayEquals(stopped.score(VALIDATION.features()), again.score(VALIDATION.features()));
    }
}
