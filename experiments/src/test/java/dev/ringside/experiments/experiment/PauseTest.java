package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pause gives everybody the champion; what is resumed goes on, or begins afresh where a look paused it. */
class PauseTest {
    private static World draft(String waves) {
        World world = World.replay();
        world.eta("PDX", "SAN", "MCI");
        world.put("better", Documents.experimentYaml(waves));
        return world;
    }

    private static String refusal(Runnable order) {
        return assertThrows(Refusal.class, order::run).getMessage();
    }

    private static List<RoutingRow> rows(World world) {
        world.publish();
        return world.topic.table().slot("eta").orElseThrow().rows();
    }

    @Test
    void aPauseGivesEverybodyTheChampionAndAResumedRegionGoesOnInTheNextEpoch() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            Instant paused = World.START.plusSeconds(3600);
            world.tick(paused);
            world.order(Lifecycle::pause, "better", "PDX");
            assertEquals(List.of(), rows(world));
            assertEquals("paused", world.view("better", "PDX").state());
            assertEquals(
                    "Paused, everybody gets the champion, by alice: because",
                    world.view("better", "PDX").verdictText());
            assertEquals("running", world.view("better").state());
            world.put("other", Documents.experimentYaml("[[PDX]]").replace("v2", "v3"));
            assertTrue(refusal(() -> world.start("other", null)).contains("PDX is taken by experiment 'better'"));
            assertTrue(refusal(() -> world.champion("PDX", "v2")).contains("promote it there"));
            world.order(Lifecycle::resume, "better", "PDX");
            Region.Running resumed = world.running("better", "PDX");
            assertEquals(2, rows(world).getFirst().epoch());
            assertEquals(2, resumed.comparison().size(), "what was counted before is counted on");
            assertEquals(paused, resumed.epochs().getFirst().closedAt());
            assertTrue(refusal(() -> world.order(Lifecycle::resume, "better", "PDX"))
                    .contains("cannot resume region 'PDX' of experiment 'better': it is running"));
        }
    }

    @Test
    void whatALookPausedBeginsAnotherComparisonAndItsEarlierRunStaysOnRecord() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            world.plane().store().write(tx -> {
                Experiment experiment = Experiments.get(tx, "better");
                var ending = new Ending(World.START, World.START, "7", Actor.POLICY, "the ratio is wrong");
                var region = (Region.Running) experiment.region("PDX");
                world.plane().lifecycle().pause(tx, experiment, region, ending, new Cause(Actor.POLICY, "so"));
                return null;
            });
            world.order(Lifecycle::resume, "better", null);
            Region.Running resumed = world.running("better", "PDX");
            assertEquals(1, resumed.comparison().size());
            assertEquals("paused", resumed.earlier().getFirst().state());
            assertEquals(2, resumed.current().attempt(), "the same two models are compared once more");
        }
    }
}
