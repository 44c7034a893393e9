package dev.ringside.experiments.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.GateResult;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.view.VersionView;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that the gates of its training refused is registered for all to see, and never serves anybody. */
class RefusedVersionTest {
    private static final String WHY = "version 'v4' of slot 'eta' was refused by the gates of its training and never"
            + " serves: above_chance: AUC 0.51 [0.49, 0.53]; latency; train another version";

    private World world;

    @BeforeEach
    void aRefusedVersionIsRegistered() {
        world = World.wall();
        world.eta("PDX");
        assertTrue(refused().added());
        world.fleet.reports();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Versions.Registration refused() {
        ModelManifest manifest = Documents.manifest(
                "eta", "v4", world.version("eta", "v1").manifest().sha256());
        var lineage = new ModelManifest.Lineage(
                "0".repeat(64),
                "epochs: 3",
                null,
                null,
                null,
                "test",
                null,
                List.of(
                        new GateResult("parity", true, "the same"),
                        new GateResult("above_chance", false, "AUC 0.51 [0.49, 0.53]"),
                        new GateResult("latency", false, null)));
        return world.plane()
                .versions()
                .register(
                        world.plane().store(),
                        "eta",
                        new ModelManifest(
                                "eta",
                                "v4",
                                "onnx",
                                manifest.sha256(),
                                manifest.signature(),
                                List.of(),
                                manifest.metrics(),
                                1L,
                                lineage,
                                null),
                        World.ALICE);
    }

    private VersionView view() {
        return world.plane()
                .store()
                .read(tx -> VersionView.of(
                        tx,
                        Slots.get(tx, "eta"),
                        Versions.get(tx, "eta", "v4"),
                        world.plane().readiness()));
    }

    @Test
    void everybodySeesThatItWasTriedAndWhyNot() {
        VersionView view = view();

        assertEquals(
                List.of("above_chance", "latency"),
                view.refused().stream().map(GateResult::gate).toList());
        assertFalse(view.ready());
        assertEquals("gates", view.retiredBy());
        assertEquals(List.of(), view.servers());
        assertEquals(List.of("alice version.refuse version/eta/v4"), world.audited("version/eta/v4"));
        assertFalse(refused().added(), "the same again changes nothing");
    }

    @Test
    void itIsNeverChampionOfAnythingNorBroughtBackNorSentAUnit() {
        assertEquals(WHY, refusal(() -> world.champion(null, "v4")));
        assertEquals(WHY, refusal(() -> world.champion("PDX", "v4")));
        assertEquals(
                WHY,
                refusal(() -> world.plane().store().write(tx -> {
                    world.plane().versionRetirement().restore(tx, Slots.get(tx, "eta"), "v4", World.ALICE);
                    return null;
                })));
        assertEquals(
                WHY,
                refusal(() -> world.plane().store().write(tx -> {
                    world.plane().overrides().put(tx, Slots.get(tx, "eta"), "me", "v4", World.ALICE);
                    return null;
                })));
        String document =
                "unit_type: ride\nsegment_attribute: region\nsegments: [PDX]\ndefault_champion: v4\nsignature:\n"
                        + Documents.SIGNATURE.indent(2);
        assertTrue(refusal(() -> world.plane()
                        .store()
                        .write(tx -> world.plane().slots().put(tx, "eta", Documents.yaml(document), World.ALICE)))
                .contains(WHY));
    }

    @Test
    void noExperimentTakesItAndOneThatNamedItBeforeCannotStart() {
        String document = Documents.experimentYaml("[[PDX]]").replace("version: v2", "version: v4");

        String said = assertThrows(InvalidInput.class, () -> world.put("worse", document))
                .getMessage();

        assertEquals("'arms[1].version': " + WHY, said);
        world.plane().store().write(tx -> {
            world.plane().versionRetirement().delete(tx, Slots.get(tx, "eta"), "v4", World.ALICE);
            return null;
        });
        world.put("worse", document);
        refused();
        assertTrue(refusal(() -> world.start("worse", "PDX")).contains(WHY));
    }

    @Test
    void noServerIsToldOfItAndAMonthChangesNothing() {
        assertEquals(Set.of("v1", "v2", "v3"), routed());
        world.wall.advance(Duration.ofDays(31));
        world.plane().step().run();
        assertFalse(routed().contains("v4"));
        assertEquals(List.of("alice version.refuse version/eta/v4"), world.audited("version/eta/v4"));
    }

    private Set<String> routed() {
        world.publish();
        return world.topic.table().slot("eta").orElseThrow().versions().keySet();
    }

    private static String refusal(Runnable order) {
        return assertThrows(Refusal.class, order::run).getMessage();
    }
}
