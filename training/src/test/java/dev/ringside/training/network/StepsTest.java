package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.NumberSteps;
import dev.ringside.training.features.Part;
import dev.ringside.training.features.Part.Steps.Cell;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.Sides;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepsTest {
    private static final FeatureSpec EVENTS = new FeatureSpec("events", FeatureType.NUMBERS);

    /** Lists of 0 to 8 numbers, some missing within and at the end, whose last number tells the target. */
    private static Table rows(long seed, int count) {
        var random = new Random(seed);
        int[] starts = new int[count + 1];
        float[] values = new float[9 * count];
        double[] targets = new double[count];
        for (int row = 0; row < count; row++) {
            int length = random.nextInt(9);
            for (int i = 0; i < length; i++) {
                values[starts[row] + i] = random.nextInt(6) == 0 ? Float.NaN : (float) (3 + random.nextGaussian());
            }
            starts[row + 1] = starts[row] + length;
            float last = length == 0 ? 3 : values[starts[row] + length - 1];
            targets[row] = last > 3 ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of("events", new Column.NumberLists(Arrays.copyOf(values, starts[count]), starts)));
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void theGraphReadsListsOfAnyLengthAsTheTrainerDoes(Cell cell) {
        Represented shown = new Represented(EVENTS, List.of(new NumberSteps.Settings(new Part.Steps(cell, 5, 7, 1.5))));
        Predictor fitted = new Pipeline(
                        List.of(shown),
                        new NetworkLearner(
                                NetworkSettings.plain(List.of(4), 0, 0.01, 0, 64, 3, 3), new Target.Probability()))
                .fit(Sides.all(rows(1, 800)), rows(2, 200), new RunContext(1, (_, _, _, _) -> {}));

        byte[] onnx = OnnxExporter.write(fitted, fitted.features());

        assertEquals(
                1_000,
                ParityGate.check(onnx, fitted, fitted.features(), rows(3, 1_000))
                        .rows());
    }

    @Test
    void theLastStepsOfAListEndWhereItEnds() {
        var lists = new Column.NumberLists(
                new float[] {9, 1, 3, 5, Float.NaN, 7, Float.NaN},
                new int[] {0, 4, 4, 7}); // the last one ends in nothing
        NumberSteps steps =
                new NumberSteps.Settings(new Part.Steps(Cell.LSTM, 3, 2, 1)).fit(EVENTS, lists, new double[3]);
        float mean = 5;
        float deviation = (float) Math.sqrt(8); // of 9, 1, 3, 5, 7

        Block.Dense encoded = steps.encode(lists);

        assertArrayEquals(
                new float[] {
                    (1 - mean) / deviation,
                    1,
                    (3 - mean) / deviation,
                    1,
                    0,
                    1, // the last three of four
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    (7 - mean) / deviation,
                    1
                },
                encoded.values(),
                1e-6f);
    }

    @Test
    void theForgetGatesOfAnLstmBeginWithTheirBias() {
        var weights = new Weights();
        new StepsInput("steps0", 0, new Part.Steps(Cell.LSTM, 4, 3, 2)).initialise(weights, new Random(1));

        float[] bias = weights.get("steps0.step_bias").values();
        assertArrayEquals(new float[] {2, 2, 2}, Arrays.copyOfRange(bias, 3, 6));
    }
}
