package dev.ringside.training.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuberLossTest {
    private static HuberLoss loss(double delta, double[] targets, double... weights) {
        var rows = new Encoded(
                targets.length, List.of(new Part.Numbers(1)), List.of(new Block.Dense(1, new float[targets.length])));
        return new HuberLoss(delta, new Examples(rows, targets, weights.length == 0 ? null : weights));
    }

    @Test
    void itIsTheSquareOfSmallErrorsAndRisesAsLargeOnesDo() {
        // Twice scipy.special.huber(2, [0.5, 2, 3, -10]) of SciPy: 0.125, 2, 4, 18.
        HuberLoss loss = loss(2, new double[4]);

        assertEquals(2 * (0.125 + 2 + 4 + 18) / 4, loss.mean(new float[] {0.5f, 2, 3, -10}), 1e-12);
        assertEquals(
                2 * (3 * 0.125 + 18) / 4,
                loss(2, new double[2], 3, 1).mean(new float[] {0.5f, -10}),
                1e-12,
                "weighted");
    }

    @Test
    void derivativesAreThoseOfAParabolaThatLiesAboveIt() {
        HuberLoss loss = loss(2, new double[1]);
        for (float at : new float[] {-7, -2, -0.5f, 0, 1, 3, 20}) {
            float[] first = new float[1];
            float[] second = new float[1];
            loss.derivatives(new float[] {at}, first, second);
            double slope = (loss.mean(new float[] {at + 0.01f}) - loss.mean(new float[] {at - 0.01f})) / 0.02;
            assertEquals(slope, 2 * first[0], 0.02, "at " + at);
            for (float to = -30; to < 30; to += 0.5f) {
                double parabola =
                        loss.mean(new float[] {at}) + 2 * first[0] * (to - at) + second[0] * (to - at) * (to - at);
                assertTrue(loss.mean(new float[] {to}) <= parabola + 1e-4, at + " to " + to);
            }
        }
    }

    @Test
    void treesBeginWithTheMedian() {
        assertEquals(3, loss(1, new double[] {9000, 1, 3, 2, 4}).median());
    }
}
