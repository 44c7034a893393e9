package dev.ringside.training.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    @Test
    void everyTenthPassSaysHowMuchTimeIsLeftAtMostOfThisFittingAlone() {
        var said = new StringWriter();
        long[] now = {7};
        var progress = new LineProgress(new PrintWriter(said, true), () -> now[0]);

        for (int epoch = 1; epoch <= 20; epoch++) {
            progress.epoch(epoch, 100, 0.5, 0.25);
            now[0] += 2_000_000_000L;
        }
        progress.epoch(1, 10, 0.5, null);
        now[0] += 3_000_000_000L;
        progress.epoch(2, 10, 0.5, null);

        assertEquals(
                List.of(
                        "epoch 1 of at most 100: training loss 0.50000, validation loss 0.25000",
                        "epoch 10 of at most 100: training loss 0.50000, validation loss 0.25000, at most 3 min left",
                        "epoch 20 of at most 100: training loss 0.50000, validation loss 0.25000, at most 3 min left",
                        "epoch 1 of at most 10: training loss 0.50000",
                        "epoch 2 of at most 10: training loss 0.50000, at most 24 s left"),
                said.toString().lines().toList());
    }
}
