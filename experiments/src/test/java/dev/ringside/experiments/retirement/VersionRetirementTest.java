package dev.ringside.experiments.retirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** B11: versions were never retired, all stayed loaded. P6: one that could not load was never removed. */
class VersionRetirementTest {
    private interface Order {
        void carryOut(VersionRetirement retirement, Tx tx, String version);
    }

    private static void order(World world, String version, Order order) {
        world.plane().store().write(tx -> {
            order.carryOut(world.plane().versionRetirement(), tx, version);
            return null;
        });
    }

    private static void retire(World world, String version) {
        order(world, version, (r, tx, v) -> r.retire(tx, Slots.get(tx, "eta"), v, World.ALICE));
    }

    private static void restore(World world, String version) {
        order(world, version, (r, tx, v) -> r.restore(tx, Slots.get(tx, "eta"), v, World.ALICE));
    }

    private static void delete(World world, String version) {
        order(world, version, (r, tx, v) -> r.delete(tx, Slots.get(tx, "eta"), v, World.ALICE));
    }

    private static String refusal(Runnable order) {
        return assertThrows(Refusal.class, order::run).getMessage();
    }

    /** What servers load. */
    private static Set<String> loaded(World world) {
        world.publish();
        return world.topic.table().slot("eta").orElseThrow().versions().keySet();
    }

    @Test
    void aRetiredVersionIsInNoTableAndCanBeBroughtBack() {
        try (World world = World.replay()) {
            world.eta("PDX");
            retire(world, "v3");
            assertEquals(Set.of("v1", "v2"), loaded(world));
            assertTrue(
                    refusal(() -> world.champion("PDX", "v3")).contains("version 'v3' of slot 'eta' is retired since"));
            restore(world, "v3");
            assertEquals(Set.of("v1", "v2", "v3"), loaded(world));
            world.champion("PDX", "v3");
            assertEquals("v3", world.championOf("PDX"));
            assertEquals(
                    List.of(
                            "alice version.register version/eta/v3",
                            "alice version.retire version/eta/v3",
                            "alice version.restore version/eta/v3"),
                    world.audited("version/eta/v3"));
        }
    }

    @Test
    void whatSomethingNamesIsNotRetiredAndSaysWhatNamesIt() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            assertTrue(refusal(() -> retire(world, "v1")).contains("it is the default champion"));
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            assertTrue(refusal(() -> retire(world, "v2")).contains("experiment 'better' names it"));
            world.start("better", null);
            assertTrue(refusal(() -> retire(world, "v2")).contains("it is compared in PDX by experiment 'better'"));
            world.promote("better", "PDX");
            world.champion(null, "v3");
            assertTrue(refusal(() -> retire(world, "v1"))
                    .contains("it is held back, or compared with that, in PDX by experiment 'better'"));
            world.order(Lifecycle::endHoldback, "better", "PDX");
            world.plane().store().write(tx -> {
                world.plane().overrides().put(tx, Slots.get(tx, "eta"), "me", "v1", World.ALICE);
                return null;
            });
            assertTrue(refusal(() -> retire(world, "v1")).contains("unit 'me' is sent to it"));
            assertTrue(refusal(() -> retire(world, "v9")).contains("no version 'v9'; registered are v1, v2, v3"));
        }
    }

    @Test
    void whatNothingHasNamedForThirtyDaysIsRetiredByItself() {
        try (World world = World.wall()) {
            world.eta("PDX");
            world.champion("PDX", "v2");
            world.wall.advance(Duration.ofDays(29));
            world.plane().step().run();
            assertEquals(Set.of("v1", "v2", "v3"), loaded(world), "a new version waits for its experiment");
            world.fleet.reports();
            world.champion("PDX", "v1");
            world.wall.advance(Duration.ofDays(2));
            world.plane().step().run();
            assertEquals(Set.of("v1", "v2"), loaded(world), "v2 can be rolled back to");
            assertTrue(world.audited("version/eta/v3").contains("policy version.retire version/eta/v3"));
            world.wall.advance(Duration.ofDays(29));
            world.plane().step().run();
            assertEquals(Set.of("v1"), loaded(world));
        }
    }

    @Test
    void aVersionThatNeverServedIsDeletedAndOneThatDidStaysOnRecord() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            assertTrue(refusal(() -> delete(world, "v2")).contains("experiment 'better' names it"));
            world.start("better", null);
            world.stop("better", null);
            assertTrue(refusal(() -> delete(world, "v2")).contains("has served, so it stays on record; retire it"));
            delete(world, "v3");
            assertEquals(Set.of("v1", "v2"), loaded(world));
            assertTrue(refusal(() -> delete(world, "v3")).contains("no version 'v3'"));
            world.version("eta", "v3");
            assertEquals(Set.of("v1", "v2", "v3"), loaded(world), "its name is free again");
        }
    }
}
