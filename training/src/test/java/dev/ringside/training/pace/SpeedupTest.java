package dev.ringside.training.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.distributed.RanksTogether;
import dev.ringside.training.learning.Examples;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpeedupTest {
    /** With a clock that ticks once a telling all passes took one tick, so nothing but passes is timed. */
    @Test
    void bothWaysLearnTheSameRowsAndPassesAloneAreTimed() throws Exception {
        Examples rows = PaceTest.rows(1_000);
        Speedup speedup = RanksTogether.each(2, ranks -> {
                    var clock = new AtomicLong();
                    return Speedup.of(PaceTest.SETTINGS, rows, 2, 1, ranks, () -> clock.addAndGet(1_000_000));
                })
                .getFirst();

        assertEquals(new Speedup(2, 0.001, 0.001, 1, speedup.loss(), speedup.sharedLoss()), speedup);
        assertTrue(speedup.loss() < 0.5, speedup::toString);
        assertEquals(speedup.loss(), speedup.sharedLoss(), 1e-4, "of the same steps, up to the order of sums");
    }
}
