package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import org.junit.jupiter.api.Test;

/** When a wave begins after the one before, and what is said where it does not. */
class WavesTest {
    private static World draft(String waves) {
        World world = World.replay();
        world.eta("PDX", "SAN", "MCI");
        world.put("better", Documents.experimentYaml(waves));
        return world;
    }

    @Test
    void aWaveThatCannotBeginWaitsAndSaysWhy() {
        try (World world = draft("[[PDX], [SAN, MCI]]")) {
            world.put("other", Documents.experimentYaml("[[SAN]]").replace("v2", "v3"));
            world.start("other", null);
            world.start("better", null);
            world.promote("better", "PDX");
            world.pass(World.START.plusSeconds(3600));
            assertEquals("running", world.region("better", "MCI").state());
            assertEquals(
                    "Not started: SAN is taken by experiment 'other'",
                    world.view("better", "SAN").verdictText());
            world.stop("other", null);
            world.pass(World.START.plusSeconds(7200));
            assertEquals(
                    World.START.plusSeconds(7200),
                    world.running("better", "SAN").startedAt());
        }
    }

    @Test
    void aWaveAfterOneThatPromotedNowhereNeverBegins() {
        try (World world = draft("[[PDX, MCI], [SAN]]")) {
            world.start("better", null);
            world.rollBack("better", "PDX");
            assertEquals(
                    "Not started: wave 1 is not decided yet in MCI",
                    world.view("better", "SAN").verdictText());
            world.stop("better", "MCI");
            world.pass(World.START.plusSeconds(3600));
            assertEquals(
                    "Not started: wave 1 promoted nowhere",
                    world.view("better", "SAN").verdictText());
            assertEquals("ended", world.view("better").state());
        }
    }

    /** S11: in the demo BNA kept the challenger that SLC proved harmful. */
    @Test
    void aWaveAfterOneThatRolledBackWaitsForAPerson() {
        try (World world = draft("[[PDX, SAN], [MCI]]")) {
            world.start("better", null);
            world.promote("better", "PDX");
            world.rollBack("better", "SAN");
            world.pass(World.START.plusSeconds(3600));
            assertEquals("waiting", world.region("better", "MCI").state());
            assertEquals(
                    "Not started: wave 1 rolled back in SAN, so a person decides whether this one starts",
                    world.view("better", "MCI").verdictText());
            world.start("better", "MCI");
            assertEquals("running", world.region("better", "MCI").state());
        }
    }

    @Test
    void aWaveThatIsToBeStartedByHandDoesNotBeginByItself() {
        try (World world = draft("[[PDX], [MCI]]")) {
            world.put("better", Documents.experimentYaml("[[PDX], [MCI]]") + "next_wave: manual\n");
            world.start("better", null);
            world.promote("better", "PDX");
            world.pass(World.START.plusSeconds(3600));
            assertEquals("waiting", world.region("better", "MCI").state());
            assertEquals(
                    "Not started: its waves are started by hand",
                    world.view("better", "MCI").verdictText());
        }
    }
}
