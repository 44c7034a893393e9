package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B11: the aggregator is told of experiments that are long over, and of no others")
class LettingGoTest {
    private static final Instant STOPPED = World.START.plus(Duration.ofDays(10));

    private static void look(World world) {
        new LettingGo(world.plane().events(), () -> 0).run(world.plane().store());
        world.publish();
    }

    private static List<ExperimentEnded> told(World world) {
        return world.plane().store().read(LettingGo::told);
    }

    @Test
    void anExperimentThatIsLongOverIsLetGoOfOnce() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            world.start("better", "PDX");
            world.tick(STOPPED);
            look(world);
            assertEquals(List.of(), told(world), "it runs");
            world.stop("better", "PDX");
            world.tick(STOPPED.plus(Duration.ofDays(90)));
            look(world);
            assertEquals(List.of(), told(world), "late outcomes may still be asked for");
            assertFalse(world.topic.keys().contains("ended/better/1"));
            Instant now = STOPPED.plus(Duration.ofDays(130));
            world.tick(now);
            look(world);
            look(world);
            assertEquals(
                    List.of(new ExperimentEnded("better", 1, now), new ExperimentEnded("better.holdback", 1, now)),
                    told(world));
            assertTrue(
                    world.topic.keys().contains("ended/better/1"),
                    () -> world.topic.keys().toString());

            world.start("better", "PDX");
            world.tick(now.plus(Duration.ofDays(1)));
            world.stop("better", "PDX");
            look(world);
            assertEquals(2, told(world).size(), "what began again is not over");
        }
    }
}
