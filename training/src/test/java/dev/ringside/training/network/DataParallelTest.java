package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Task;
import dev.ringside.training.distributed.RanksTogether;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Model;
import dev.ringside.training.learning.RunContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DataParallelTest {
    private static final Examples TRAIN = ParallelRows.TRAIN;
    private static final Examples VALIDATION = ParallelRows.VALIDATION;

    private static NetworkSettings settings(int accumulate, boolean batchNorm, double dropout) {
        return settings(accumulate, batchNorm, dropout, 6);
    }

    private static NetworkSettings settings(int accumulate, boolean batchNorm, double dropout, int epochs) {
        return new NetworkSettings(
                List.of(16, 8),
                Activation.Kind.RELU,
                batchNorm,
                false,
                dropout,
                0.01,
                0.001,
                0,
                64,
                epochs,
                3,
                1,
                0,
                accumulate,
                1);
    }

    private static double[] scores(NetworkSettings settings, Parallelism parallelism) {
        Model model = new NetworkLearner(settings, new Target.Probability(), null, List.of(), parallelism)
                .fit(TRAIN, VALIDATION, new RunContext(3, (_, _, _, _) -> {}));
        return model.score(VALIDATION.features());
    }

    private static List<double[]> scores(int ranks, NetworkSettings settings) throws Exception {
        return RanksTogether.each(ranks, each -> scores(settings, new Parallelism.Data(each)));
    }

    private static double distance(double[] some, double[] others) {
        double most = 0;
        for (int i = 0; i < some.length; i++) {
            most = Math.max(most, Math.abs(some[i] - others[i]));
        }
        return most;
    }

    @Test
    void twoRanksAreOneProcessThatAddsUpTwoMicroBatchesBitForBit() throws Exception {
        double[] alone = scores(settings(2, false, 0), new Parallelism.None());

        List<double[]> together = scores(2, settings(1, false, 0));

        together.forEach(each -> assertArrayEquals(alone, each));
        RanksTogether.eachOnItsOwnMachine(2, each -> scores(settings(1, false, 0), new Parallelism.Data(each)))
                .forEach(each -> assertArrayEquals(alone, each, "through Gloo"));
        assertFalse(
                Arrays.equals(alone, scores(settings(1, false, 0), new Parallelism.None())),
                "sums in another order give other bits, so equal ones mean something");
    }

    @Test
    void tasksThatFewRowsHaveAreDividedByTheWeightOfTheWholeStep() throws Exception {
        double[] alone = scoresOfTasks(settings(2, false, 0), new Parallelism.None());
        double[] whole = scoresOfTasks(settings(1, false, 0), new Parallelism.None());

        List<double[]> together =
                RanksTogether.each(2, each -> scoresOfTasks(settings(1, false, 0), new Parallelism.Data(each)));

        together.forEach(each -> assertArrayEquals(alone, each));
        assertEquals(0, distance(whole, alone), 1e-4);
    }

    /** Beside the label a number that a tenth of the rows have. */
    private static double[] scoresOfTasks(NetworkSettings settings, Parallelism parallelism) {
        var task = new Task("product", new Label("product", Label.Kind.NUMBER, null).mayBeMissing(), 0.5, null);
        return new NetworkLearner(settings, new Target.Probability(), null, List.of(task), parallelism)
                .fit(withProduct(TRAIN), withProduct(VALIDATION), new RunContext(3, (_, _, _, _) -> {}))
                .score(VALIDATION.features());
    }

    private static Examples withProduct(Examples rows) {
        double[] products = new double[rows.size()];
        for (int row = 0; row < products.length; row++) {
            products[row] = row % 10 == 0 ? 3 * rows.targets()[row] + row % 7 : Double.NaN;
        }
        return new Examples(rows.features(), rows.targets(), rows.weights(), List.of(products));
    }

    @Test
    void moreRanksAndMoreMicroBatchesComeNearTheWholeStep() throws Exception {
        double[] whole = scores(settings(1, false, 0), new Parallelism.None());

        for (double[] each : scores(3, settings(6, false, 0))) {
            assertEquals(0, distance(whole, each), 1e-4);
        }
        for (double[] each : RanksTogether.eachOnItsOwnMachine(
                3, rank -> scores(settings(6, false, 0), new Parallelism.Data(rank)))) {
            assertEquals(0, distance(whole, each), 1e-4);
        }
    }

    @Test
    void batchNormalisationIsOfAllRanksRows() throws Exception {
        // One pass: the bias before a normalisation has no gradient but rounding, of which AdamW makes whole steps.
        double[] whole = scores(settings(1, true, 0, 1), new Parallelism.None());
        double[] parts = scores(settings(2, true, 0, 1), new Parallelism.None());

        List<double[]> together = scores(2, settings(1, true, 0, 1));
        for (double[] each : together) {
            assertEquals(0, distance(whole, each), distance(whole, parts) / 5);
        }
    }

    @Test
    void aStepsRowsAreInOneMicroBatchEach() {
        Libtorch.load();
        try (PointerScope _ = new PointerScope()) {
            var rows = new Batches(
                    Network.of(TRAIN.features().parts(), settings(1, false, 0), 1),
                    TRAIN,
                    Goal.of(new Target.Probability(), null, List.of(), TRAIN));
            Tensor places = torch.tensor(new int[] {9, 2, 77, 31, 5, 160, 8});

            var step = new Step(rows, places, 7, 3, 1, 0);

            List<Double> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                for (float weight : Parameters.floats(step.microBatch(i).weights())) {
                    seen.add((double) weight);
                }
            }
            List<Double> expected = new ArrayList<>();
            for (int place : new int[] {9, 2, 77, 31, 5, 160, 8}) {
                expected.add((double) (float) TRAIN.weight(place));
            }
            assertEquals(expected, seen);
        }
    }

    @Test
    void whatIsDrawnInAMicroBatchDoesNotDependOnThoseBeforeIt() {
        double[] first = scores(settings(2, false, 0.3), new Parallelism.None());
        double[] second = scores(settings(2, false, 0.3), new Parallelism.None());

        assertArrayEquals(first, second);
        assertFalse(Arrays.equals(first, scores(settings(2, false, 0), new Parallelism.None())), "something is drawn");
    }
}
