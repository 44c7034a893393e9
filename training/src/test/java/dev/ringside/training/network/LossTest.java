package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LossTest {
    @BeforeAll
    static void load() {
        Libtorch.load();
    }

    private static Goal number(int place, int from, double weight, Double huber, LabelUnit unit) {
        return new Goal(new Target.Amount(), place, from, weight, huber, unit);
    }

    @Test
    void hubersLossIsInTheUnitOfTheLabel() {
        try (var _ = new PointerScope()) {
            var loss = new Loss(List.of(number(0, 0, 1, 20.0, new LabelUnit(100, 10))), 0);
            Tensor numbers = Parameters.tensor(new float[] {0.5f, 2, 3, -10}, 4, 1);

            double found = loss.mean(numbers, Parameters.tensor(new float[4], 4), Parameters.tensor(ones(4), 4))
                    .item_double();

            // Twice scipy.special.huber(2, [0.5, 2, 3, -10]) of SciPy, as 20 is 2 of the unit: 0.125, 2, 4, 18.
            assertEquals(2 * (0.125 + 2 + 4 + 18) / 4, found, 1e-6);
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void eachTaskIsAMeanOfTheRowsThatHaveItTimesItsWeight() {
        try (var _ = new PointerScope()) {
            var loss = new Loss(
                    List.of(
                            new Goal(new Target.Probability(), 0, 0, 1, null, LabelUnit.OWN),
                            number(1, 1, 0.5, null, LabelUnit.OWN),
                            new Goal(new Target.Classes(2), 2, 2, 3, null, LabelUnit.OWN)),
                    0);
            // A row each: logit, number, two classes.
            Tensor numbers = Parameters.tensor(new float[] {0, 1, 0, 0, 0, 5, 0, 0, 0, 9, 1, 1}, 3, 4);
            Tensor targets = Parameters.tensor(new float[] {1, 3, 0, 0, 0, 0, 1, 4, 0}, 3, 3);
            Tensor weights = Parameters.tensor(new float[] {1, 1, 0, 1, 0, 0, 0, 3, 0}, 3, 3);

            double found = loss.mean(numbers, targets, weights).item_double();

            // No row has the classes; of the number rows 1 and 3 count, with 1 and 3.
            assertEquals(Math.log(2) + 0.5 * (1 * 4 + 3 * 25) / 4, found, 1e-6);
        }
    }

    @Test
    void sharesOfMicroBatchesAddUpToTheMeanWhateverRowsHaveATasksLabel() {
        try (var _ = new PointerScope()) {
            var loss =
                    new Loss(List.of(number(0, 0, 1, null, LabelUnit.OWN), number(1, 1, 0.5, null, LabelUnit.OWN)), 0);
            Tensor numbers = Parameters.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
            Tensor targets = Parameters.tensor(new float[8], 4, 2);
            Tensor weights = Parameters.tensor(new float[] {1, 0, 2, 0, 1, 3, 1, 1}, 4, 2);
            List<Tensor> together = loss.together(weights);

            double sum = 0;
            for (int first = 0; first < 4; first += 2) {
                sum += loss.share(
                                numbers.narrow(0, first, 2),
                                targets.narrow(0, first, 2),
                                weights.narrow(0, first, 2),
                                together)
                        .item_double();
            }

            // The first two rows have no second label, so means of each half would count the others' twice as much.
            assertEquals((1 + 2 * 9 + 25 + 49) / 5.0 + 0.5 * (3 * 36 + 64) / 4.0, sum, 1e-5);
            assertEquals(loss.mean(numbers, targets, weights).item_double(), sum, 1e-5);
        }
    }

    @Test
    void aHeadThatIsTurnedIntoAUnitAndBackIsTheSame() {
        var weights = new Weights();
        weights.put("head.weight", new float[] {1, 2, 3, 4}, true, 2, 2);
        weights.put("head.bias", new float[] {5, 6}, true, 2);
        var several = new Weights();
        several.put("head.weight", new float[] {1, 2, 3, 4}, true, 1, 2, 2);
        several.put("head.bias", new float[] {5, 6}, true, 1, 2);
        var unit = new LabelUnit(10, 2);

        unit.leave(weights, 1);
        unit.leave(several, 1);

        assertArrayEquals(new float[] {1, 2, 6, 8}, weights.get("head.weight").values());
        assertArrayEquals(new float[] {1, 4, 3, 8}, several.get("head.weight").values(), "[member, inputs, outputs]");
        assertArrayEquals(new float[] {5, 22}, weights.get("head.bias").values());
        assertArrayEquals(new float[] {5, 22}, several.get("head.bias").values());
        unit.enter(weights, 1);
        assertArrayEquals(new float[] {1, 2, 3, 4}, weights.get("head.weight").values());
        assertArrayEquals(new float[] {5, 6}, weights.get("head.bias").values());
    }
}
