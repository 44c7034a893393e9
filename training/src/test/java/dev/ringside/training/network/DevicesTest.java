package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.learning.EpochListener;
import dev.ringside.training.learning.RunContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several devices of one process; processors stand in for others. */
class DevicesTest {
    private final List<String> said = new ArrayList<>();

    private double[] scores(int accumulate, Parallelism parallelism) {
        var settings = new NetworkSettings(
                List.of(16, 8), Activation.Kind.RELU, false, false, 0.2, 0.01, 0.001, 0, 64, 4, 9, 0, 0, accumulate, 1);
        var listener = new EpochListener() {
            @Override
            public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {}

            @Override
            public void says(String words) {
                said.add(words);
            }
        };
        return new NetworkLearner(settings, new Target.Probability(), null, List.of(), parallelism)
                .fit(ParallelRows.TRAIN, ParallelRows.VALIDATION, new RunContext(3, listener))
                .score(ParallelRows.VALIDATION.features());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void devicesAreOneThatAddsUpAsManyMicroBatchesBitForBitAlsoWithDropout(int count) {
        double[] alone = scores(count, new Parallelism.None());

        double[] shared = scores(1, new Parallelism.Devices(java.util.Collections.nCopies(count, "cpu")));

        assertArrayEquals(alone, shared);
    }

    @Test
    void whatWentToAndFroAndHowBusyEachWasIsSaid() {
        scores(1, new Parallelism.Devices(List.of("cpu", "cpu")));

        // 3 steps in each of 4 passes; 2·16 + 16 + 16·8 + 8 + 8 + 1 = 193 parameters, 4 bytes each.
        String words = said.getLast();
        assertEquals(1, said.size());
        assertTrue(words.startsWith("2 devices (cpu, cpu): 0.01 MB of parameters replicated"), words);
        assertTrue(words.contains("0.01 MB of gradients gathered"), words);
        assertTrue(words.contains("rows 320 and 324"), words);
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assertNull(Libtorch.refusal("cpu"));
        assertEquals("expected cpu, or cuda:N", Libtorch.refusal("gpu"));
    }
}
