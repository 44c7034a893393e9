package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proven harm leads to, where it was proven and wherever else the same version is tried. */
class ProvenHarmTest {
    private static World draft(String waves) {
        World world = World.replay();
        world.eta("PDX", "SAN", "MCI");
        world.put("better", Documents.experimentYaml(waves));
        return world;
    }

    /** S11: harm that is proven in one region is heeded in all others that try the same version. */
    @ParameterizedTest
    @CsvSource({"pause, paused", "warn, running", "roll_back, rolled_back"})
    void harmProvenInOneRegionIsHeededInOthersThatTryTheSameVersion(String elsewhere, String state) {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN", "MCI");
            String document = Documents.experimentYaml("[[PDX, SAN]]") + "harm_elsewhere: " + elsewhere + "\n";
            world.put("better", document);
            world.put("other", document.replace("[[PDX, SAN]]", "[[MCI]]").replace("v2", "v3"));
            world.start("better", null);
            world.start("other", null);
            harm(world, "PDX");
            assertEquals("rolled_back", world.region("better", "PDX").state());
            assertEquals(state, world.region("better", "SAN").state());
            if (state.equals("paused")) {
                world.order(Lifecycle::resume, "better", "SAN");
                assertEquals(2, world.running("better", "SAN").comparison().size(), "its own data are sound");
                assertEquals(
                        List.of("version 'v2' was proven harmful in PDX of experiment 'better' by look 7 at "
                                + World.START),
                        world.view("better", "SAN").standing().warnings());
            }
            assertEquals("running", world.region("other", "MCI").state(), "it tries another version");
            assertEquals(
                    "version 'v2' was proven harmful in PDX of experiment 'better' by look 7 at " + World.START,
                    world.plane()
                            .store()
                            .read(tx -> ProvenHarm.of(tx, "eta", "v2"))
                            .getFirst()
                            .sentence());
        }
    }

    @Test
    void harmMayLeadToAPauseWhereTheDocumentSaysSo() {
        try (World world = draft("[[PDX]]")) {
            world.put("better", Documents.experimentYaml("[[PDX]]") + "harm_action: pause\n");
            world.start("better", null);
            harm(world, "PDX");
            assertEquals("paused", world.region("better", "PDX").state());
            assertEquals(
                    Proof.Proven.WORSE, world.region("better", "PDX").proof().proven());
        }
    }

    @Test
    void harmThatIsProvenDuringAPauseIsKeptAndHeededElsewhere() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.put("better", Documents.experimentYaml("[[PDX, SAN]]") + "harm_action: pause\n");
            world.start("better", null);
            world.order(Lifecycle::pause, "better", "PDX");
            for (int i = 0; i < 2; i++) {
                world.plane().store().write(tx -> {
                    Experiment experiment = Experiments.get(tx, "better");
                    var ending = new Ending(World.START, World.START, "7", Actor.POLICY, "harm");
                    var region = (Region.Paused) experiment.region("PDX");
                    world.plane().lifecycle().harm(tx, experiment, region, ending, new Cause(Actor.POLICY, "harm"));
                    return null;
                });
            }
            assertEquals(
                    Proof.Proven.WORSE, world.region("better", "PDX").proof().proven());
            assertEquals("paused", world.region("better", "SAN").state());
            assertEquals(
                    1,
                    world.plane()
                            .store()
                            .read(tx -> ProvenHarm.of(tx, "eta", "v2"))
                            .size(),
                    "each proof is kept once");
        }
    }

    private static void harm(World world, String segment) {
        world.plane().store().write(tx -> {
            Experiment experiment = Experiments.get(tx, "better");
            var ending = new Ending(World.START, World.START, "7", Actor.POLICY, "harm");
            var region = (Region.Running) experiment.region(segment);
            world.plane().lifecycle().harm(tx, experiment, region, ending, new Cause(Actor.POLICY, "harm"));
            return null;
        });
    }
}
