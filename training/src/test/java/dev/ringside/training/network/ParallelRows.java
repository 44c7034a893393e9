package dev.ringside.training.network;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import java.util.List;
import java.util.Random;

/** Weighted rows that several ranks or devices are fitted to. */
final class ParallelRows {
    /** The last step has 33 rows, so that micro-batches are of different sizes. */
    static final Examples TRAIN = rows(1, 2 * 64 + 33);

    static final Examples VALIDATION = rows(2, 100);

    private ParallelRows() {}

    private static Examples rows(long seed, int count) {
        var random = new Random(seed);
        float[] values = new float[count * 2];
        double[] targets = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = (float) random.nextGaussian();
            values[2 * i + 1] = (float) random.nextGaussian();
            targets[i] = values[2 * i] * values[2 * i + 1] > 0 ? 1 : 0;
            weights[i] = 0.5 + random.nextDouble();
        }
        var encoded = new Encoded(count, List.of(new Part.Numbers(2)), List.of(new Block.Dense(2, values)));
        return new Examples(encoded, targets, weights);
    }
}
