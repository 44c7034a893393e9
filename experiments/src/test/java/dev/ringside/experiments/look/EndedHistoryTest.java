package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.experiments.view.RegionView;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** B11: what has ended costs no memory. */
class EndedHistoryTest {
    private static Instant day(int number) {
        return World.START.plus(Duration.ofDays(number));
    }

    @Test
    void whatWasCountedOfAnEndedExperimentLeavesMemoryAndIsShownAsBefore() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            world.start("better", null);
            for (int d = 0; d < 6; d++) {
                world.day("better", 1, "PDX", day(d), 200, 120);
            }
            world.pass(day(4));
            assertEquals("rolled_back", world.region("better", "PDX").state());
            assertEquals(Set.of("better"), world.plane().ledger().experiments(), "cohorts are open");
            RegionView before = world.view("better", "PDX");
            assertEquals(6_000, before.arms().getFirst().exposed());
            world.pass(day(9));
            assertEquals(Set.of(), world.plane().ledger().experiments());
            assertEquals(before.arms(), world.view("better", "PDX").arms());
            assertEquals(before.overrun(), world.view("better", "PDX").overrun());
            world.restart();
            world.pass(day(9));
            assertEquals(Set.of(), world.plane().ledger().experiments());
            assertEquals(before.arms(), world.view("better", "PDX").arms());
            // Begun again it is counted again.
            world.start("better", "PDX");
            int epoch = world.running("better", "PDX").current().epoch();
            world.day("better", epoch, "PDX", day(9), 200, 190);
            world.pass(day(10));
            assertEquals(1_000, world.view("better", "PDX").arms().getFirst().exposed());
        }
    }
}
