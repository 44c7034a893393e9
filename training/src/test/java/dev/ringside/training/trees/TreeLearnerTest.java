package dev.ringside.training.trees;

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
import dev.ringside.training.trees.TreeSettings.Categories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeLearnerTest {
    private static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});
    private static final Examples TRAIN = rows(1, 3_000, null);
    private static final Examples VALIDATION = rows(2, 1_000, null);

    /** Positive, mostly, where both numbers have the same sign; each tenth number is missing. */
    private static Examples rows(long seed, int count, double[] weights) {
        var random = new Random(seed);
        float[] values = new float[count * 2];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = (float) random.nextGaussian();
            values[2 * i + 1] = (float) random.nextGaussian();
            boolean same = values[2 * i] * values[2 * i + 1] > 0;
            targets[i] = same == (random.nextInt(10) > 0) ? 1 : 0;
            if (random.nextInt(10) == 0) {
                values[2 * i + random.nextInt(2)] = Float.NaN;
            }
        }
        var encoded = new Encoded(count, List.of(new Part.Numbers(2)), List.of(new Block.Dense(2, values)));
        return new Examples(encoded, targets, weights);
    }

    static TreeSettings settings(int rounds, double rate, double subsample, int patience) {
        return new TreeSettings(rounds, rate, 4, 1, subsample, 1, 1, 0, 0, 64, patience, Categories.PARTITION);
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
    void theTreesAreThoseUpToTheLeastValidationLossWhichXgboostComputesAsTheModelDoes() {
        List<Double> losses = new ArrayList<>();

        Model model = new TreeLearner(settings(400, 0.3, 1, 10), true)
                .fit(TRAIN, VALIDATION, new RunContext(1, (_, _, _, loss) -> losses.add(loss)));

        int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
        assertEquals(losses.size() - 1 - 10, best, "stops ten trees after the best");
        assertEquals(best + 1.0, model.facts().get("trees"));
        assertEquals(losses.get(best), loss(model, VALIDATION), 1e-6);
        assertTrue(loss(model, VALIDATION) < 0.45, "loss " + loss(model, VALIDATION));
    }

    @Test
    void theSameSeedGivesTheSameTreesAlsoWithRowsDrawnAndAnotherSeedOthers() {
        var learner = new TreeLearner(settings(20, 0.3, 0.5, 0), true);

        double[] scores = learner.fit(TRAIN, null, RUN).score(VALIDATION.features());

        assertArrayEquals(scores, learner.fit(TRAIN, null, RUN).score(VALIDATION.features()));
        Model other = learner.fit(TRAIN, null, new RunContext(2, (_, _, _, _) -> {}));
        assertFalse(Arrays.equals(scores, other.score(VALIDATION.features())));
    }

    @Test
    void aRowThatCountsTwiceIsLikeTwoRows() {
        int[] places = new int[TRAIN.size() + TRAIN.size() / 2];
        double[] twice = new double[TRAIN.size()];
        for (int i = 0, next = 0; i < TRAIN.size(); i++) {
            twice[i] = 1 + i % 2;
            for (int copy = 0; copy <= i % 2; copy++) {
                places[next++] = i;
            }
        }
        double[] targets = TRAIN.targets();
        double[] copied = Arrays.stream(places).mapToDouble(i -> targets[i]).toArray();
        // Ten values only, so that bins of weighted and of copied rows have the same edges.
        var coarse = new float[TRAIN.size()];
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = i * 7 % 10;
        }
        var rows = new Encoded(coarse.length, List.of(new Part.Numbers(1)), List.of(new Block.Dense(1, coarse)));
        var learner = new TreeLearner(settings(5, 0.3, 1, 0), true);

        double[] weighted =
                learner.fit(new Examples(rows, targets, twice), null, RUN).score(rows);

        double[] copies = learner.fit(new Examples(rows.select(places), copied, null), null, RUN)
                .score(rows);
        assertArrayEquals(weighted, copies, 1e-6);
        assertFalse(Arrays.equals(
                weighted,
                learner.fit(new Examples(rows, targets, null), null, RUN).score(rows)));
    }

    @Test
    void aNumberIsPredictedAsOne() {
        double[] targets = new double[TRAIN.size()];
        Block.Dense numbers = (Block.Dense) TRAIN.features().blocks().getFirst();
        Arrays.setAll(targets, i -> Float.isNaN(numbers.values()[2 * i]) ? 500 : 100 + 10 * numbers.values()[2 * i]);

        double[] scores = new TreeLearner(settings(100, 0.3, 1, 0), false)
                .fit(new Examples(TRAIN.features(), targets, null), null, RUN)
                .score(TRAIN.features());

        double error = 0;
        for (int i = 0; i < scores.length; i++) {
            error += Math.abs(targets[i] - scores[i]) / scores.length;
        }
        assertTrue(error < 1, "mean error " + error);
    }

    @Test
    void withoutValidationRowsItSaysThatItCannotStop() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new TreeLearner(settings(5, 0.3, 1, 3), true).fit(TRAIN, null, RUN))
                .getMessage();

        assertTrue(message.contains("with patience 0"), message);
    }

    @Test
    void numbersThatANetworkWouldEmbedAreRefusedInWords() {
        var piecewise = new Part.Piecewise(new float[] {0, 1}, 4);
        var rows = new Encoded(1, List.of(piecewise), List.of(new Block.Dense(1, new float[1])));
        var examples = new Examples(rows, new double[1], null);

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> new TreeLearner(settings(5, 0.3, 1, 0), true).fit(examples, null, RUN))
                .getMessage();

        assertTrue(message.contains("take representation raw"), message);
    }

    @Test
    void aGrowingThatWasEndedInMidPatienceComesToTheSameTreesAlsoWithRowsDrawn() {
        var learner = new TreeLearner(settings(400, 0.3, 0.5, 10), true);
        Model whole = learner.fit(TRAIN, VALIDATION, RUN);
        int best = whole.facts().get("trees").intValue();

        Model resumed = InMemoryCheckpoints.interrupted(run -> learner.fit(TRAIN, VALIDATION, run), 1, best + 5);

        assertEquals(whole.facts(), resumed.facts());
        assertArrayEquals(whole.score(VALIDATION.features()), resumed.score(VALIDATION.features()));
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
    void anotherMeasureSaysWhichTreesAreTheBest() {
        List<Double> measured = new ArrayList<>();
        var rule = new StopRule(
                (scores, rows) -> {
                    measured.add(errors(scores, rows));
                    return measured.getLast();
                },
                12,
                0);
        var run = new RunContext(1, (_, _, _, _) -> {}, Checkpoints.none(), rule, new Passes());

        Model model = new TreeLearner(settings(400, 0.3, 1, 3), true).fit(TRAIN, VALIDATION, run);

        double least = measured.stream().min(Double::compare).orElseThrow();
        int best = measured.indexOf(least);
        assertEquals(measured.size() - 1 - 12, best, "the rule's patience goes before the model's");
        assertEquals(best + 1.0, model.facts().get("trees"));
        assertEquals(least, errors(model.score(VALIDATION.features()), VALIDATION));
    }

    @Test
    void asManyTreesAsWereFoundAreGrownWithoutValidation() {
        var passes = new Passes();
        Model stopped = new TreeLearner(settings(400, 0.3, 0.5, 10), true).fit(TRAIN, VALIDATION, RUN.with(passes));

        Model again = new TreeLearner(settings(400, 0.3, 0.5, 10), true).fit(TRAIN, null, RUN.with(passes.fixed()));

        assertArrayEquals(stopped.score(VALIDATION.features()), again.score(VALIDATION.features()));
    }
}
