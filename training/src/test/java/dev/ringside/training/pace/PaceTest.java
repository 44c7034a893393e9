package dev.ringside.training.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkSettings;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    static final NetworkSettings SETTINGS = NetworkSettings.plain(List.of(16, 8), 0, 0.01, 0, 64, 100, 5);

    /** Positive, mostly, where all three kinds of input agree. */
    static Examples rows(int count) {
        var random = new Random(1);
        float[] numbers = new float[count];
        float[] embedded = new float[count];
        int[] places = new int[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
            embedded[i] = (float) random.nextGaussian();
            places[i] = random.nextInt(4) - 1;
            targets[i] = numbers[i] + embedded[i] + places[i] - 0.5 > 0 ? 1 : 0;
        }
        return new Examples(
                new Encoded(
                        count,
                        List.of(
                                new Part.Numbers(1),
                                new Part.Piecewise(new float[] {-2, -1, 0, 1, 2}, 4),
                                new Part.OneHot(3)),
                        List.of(new Block.Dense(1, numbers), new Block.Dense(1, embedded), new Block.Index(places))),
                targets,
                null);
    }

    @Test
    void bothLearnTheSameRows() {
        Pace pace = Pace.of(SETTINGS, rows(2_000), 8, 1, System::nanoTime);

        assertTrue(pace.loss() < 0.4, pace::toString);
        assertTrue(pace.writtenOutLoss() < 0.4, pace::toString);
    }

    /** Of each pass of the trainer the end is told, then the end of the other's, then the begin of the next. */
    @Test
    void eachPassIsComparedWithTheOneBesideItAndTheFirstDoesNotCount() {
        long[] between = {0, 0, 0, /* warm */ 900, 900, 5, /* first */ 200, 100, 5, 300, 200, 5, 800, 100, 5};
        var calls = new AtomicInteger();
        var clock = new AtomicLong();
        Pace pace = Pace.of(
                SETTINGS, rows(200), 3, 1, () -> clock.addAndGet(1_000_000_000L * between[calls.getAndIncrement()]));

        assertEquals(between.length, calls.get());
        assertEquals(new Pace(3, 300, 100, 2, pace.loss(), pace.writtenOutLoss()), pace);
    }

    @Test
    void whatIsNotWrittenOutIsRefused() {
        var tanh = new NetworkSettings(List.of(8), Activation.Kind.TANH, false, false, 0, 0.01, 0, 0, 64, 10, 5);
        Examples rows = rows(100);

        assertThrows(IllegalArgumentException.class, () -> Pace.of(tanh, rows, 1, 1, System::nanoTime));
    }
}
