package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {
    private static final String DOCUMENT = Documents.experimentYaml("[[PDX, SAN]]");
    private static final String OTHER_SPLIT = DOCUMENT.replace("{variant: champion}", "{variant: champion, weight: 3}");

    private static World running() {
        World world = World.replay();
        world.eta("PDX", "SAN", "MCI");
        world.put("better", DOCUMENT);
        world.start("better", null);
        return world;
    }

    private static RowEpoch current(World world, String segment) {
        return world.running("better", segment).current();
    }

    private static String refusal(Runnable order) {
        return assertThrows(Refusal.class, order::run).getMessage();
    }

    @Test
    void aChampionChangedFromOutsideOpensTheNextEpochInItsSegmentOnly() {
        try (World world = running()) {
            world.champion("PDX", "v3");
            assertEquals(2, current(world, "PDX").epoch());
            assertEquals("v3", current(world, "PDX").controlVersion());
            assertTrue(current(world, "PDX").fresh(), "another champion is another comparison");
            assertEquals(1, current(world, "SAN").epoch());
            world.publish();
            List<String> keys = world.topic.keys();
            assertTrue(keys.indexOf("definition/better/2") < keys.lastIndexOf("table"));
            assertTrue(
                    world.audited("experiment/better/PDX").contains("alice region.next_epoch experiment/better/PDX"));
        }
    }

    @Test
    void anotherDefaultChampionMovesTheRowsThatFollowIt() {
        try (World world = running()) {
            world.champion("PDX", "v1");
            world.champion(null, "v3");
            assertEquals(1, current(world, "PDX").epoch());
            assertEquals(2, current(world, "SAN").epoch());
            assertEquals("v3", current(world, "SAN").controlVersion());
        }
    }

    @Test
    void anArmOfAnotherNameIsAnotherComparisonAndStopsNoLook() {
        try (World world = running()) {
            world.day("better", 1, "PDX", World.START, 200, 205);
            world.pass(World.START.plus(Duration.ofDays(1)));
            world.put("better", DOCUMENT.replace("variant: challenger", "variant: network"));
            assertTrue(current(world, "PDX").fresh());
            world.pass(World.START.plus(Duration.ofDays(5)));
            assertEquals(
                    List.of("champion", "network"),
                    world.view("better", "PDX").arms().stream()
                            .map(arm -> arm.variant())
                            .toList());
        }
    }

    @Test
    void theChallengerBecomesChampionByAPromotionOnly() {
        try (World world = running()) {
            assertTrue(refusal(() -> world.champion("PDX", "v2"))
                    .contains("version 'v2' is the challenger of experiment 'better' in PDX; promote it there"));
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    @Test
    void anotherSplitOpensTheNextEpochInAllRowsAndGoesOnComparing() {
        try (World world = running()) {
            world.tick(World.START.plus(Duration.ofDays(3)));
            world.put("better", OTHER_SPLIT);
            for (String segment : List.of("PDX", "SAN")) {
                assertEquals(2, current(world, segment).epoch());
                assertEquals(
                        List.of(3, 1),
                        current(world, segment).arms().stream()
                                .map(RoutingRow.Arm::weight)
                                .toList());
                assertEquals(2, world.running("better", segment).comparison().size());
            }
        }
    }

    @Test
    void evidenceOfBothSplitsIsSummedEpochByEpoch() {
        try (World world = running()) {
            Instant changed = World.START.plus(Duration.ofDays(1));
            world.day("better", 1, "PDX", World.START, 200, 210);
            world.tick(changed);
            world.put("better", OTHER_SPLIT);
            world.day("better", 2, "PDX", changed, 201, 211);
            world.pass(World.START.plus(Duration.ofDays(4)));
            List<Look> looks = world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX"));
            assertEquals(
                    List.of(1, 2),
                    looks.stream()
                            .map(l -> l.record().evidence().strata().size())
                            .toList());
            var second = looks.getLast().record().evidence().strata().getLast();
            assertEquals(3, second.arms().getFirst().weight());
            assertEquals(201, second.arms().getFirst().moments().get("booked").events());
        }
    }

    @Test
    void otherKpisBeginTheComparisonAfresh() {
        try (World world = running()) {
            world.put("better", DOCUMENT.replace("minimum_effect: 0.02", "minimum_effect: 0.03"));
            assertEquals(2, current(world, "PDX").epoch());
            assertEquals(1, world.running("better", "PDX").comparison().size());
            EpochDefinition first = world.plane().store().read(tx -> Experiments.definition(tx, "better", 1));
            EpochDefinition second = world.plane().store().read(tx -> Experiments.definition(tx, "better", 2));
            assertEquals(0.02, first.kpis().getFirst().minimumEffect());
            assertEquals(0.03, second.kpis().getFirst().minimumEffect());
        }
    }

    @Test
    void looksAfterAFreshEpochCountNothingFromBefore() {
        try (World world = running()) {
            world.day("better", 1, "PDX", World.START, 200, 100);
            Instant changed = World.START.plus(Duration.ofDays(1));
            world.tick(changed);
            world.champion("PDX", "v3");
            world.day("better", 2, "PDX", changed, 200, 205);
            world.pass(World.START.plus(Duration.ofDays(4)));
            assertEquals("running", world.region("better", "PDX").state(), "harm against v1 is none against v3");
            Look look = world.plane()
                    .store()
                    .read(tx -> LookStore.all(tx, "better", "PDX"))
                    .getFirst();
            assertEquals(changed, look.record().evidence().startedAt());
            assertEquals(2, look.record().evidence().strata().getFirst().epoch());
        }
    }

    @Test
    void coverageGrowsWithinTheEpochAndNeverShrinks() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.put("better", DOCUMENT + "coverage: 10%\n");
            world.start("better", null);
            world.put("better", DOCUMENT + "coverage: 50%\n");
            assertEquals(1, current(world, "PDX").epoch());
            world.publish();
            assertEquals(
                    500_000,
                    world.topic
                            .table()
                            .slot("eta")
                            .orElseThrow()
                            .rows()
                            .getFirst()
                            .coverageMillionths());
            assertTrue(refusal(() -> world.put("better", DOCUMENT + "coverage: 40%\n"))
                    .contains("'coverage': it only ever grows, is 50%, found 40%"));
        }
    }

    @Test
    void theRestOfTheDesignIsFrozenByTheStart() {
        try (World world = running()) {
            String message = refusal(() -> world.put(
                    "better", Documents.experimentYaml("[[PDX]]").replace("abc", "xyz") + "max_duration: 10w\n"));
            assertTrue(message.contains("found other waves, salt, max_duration"), message);
            assertEquals(world.experiment("better"), world.put("better", DOCUMENT), "the same again changes nothing");
            assertTrue(refusal(() -> world.put("better", DOCUMENT.replace("v2", "v1")))
                    .contains("version 'v1' is the champion of PDX"));
            assertTrue(refusal(() -> world.put("better", DOCUMENT.replace("v2", "v9")))
                    .contains("no version 'v9'"));
        }
    }

    @Test
    void anotherWayOfSplittingRequestsIntoSegmentsOpensTheNextEpoch() {
        try (World world = running()) {
            String slot = "unit_type: ride\nsegment_attribute: %s\nsegments: [%s]\nsignature:\n"
                    + Documents.SIGNATURE.indent(2);
            put(world, slot.formatted("city", "PDX, SAN, MCI"));
            assertEquals(2, current(world, "PDX").epoch());
            put(world, slot.formatted("city", "PDX, SAN, MCI, SEA"));
            assertEquals(2, current(world, "PDX").epoch(), "a new segment takes units from 'other' only");
            assertTrue(refusal(() -> put(world, slot.formatted("city", "SAN")))
                    .contains("\"PDX\" is in use by an experiment"));
            assertTrue(refusal(() -> put(world, "layer_salt: other\n" + slot.formatted("city", "PDX, SAN, MCI")))
                    .contains("'layer_salt': it decides which units are covered"));
        }
    }

    private static void put(World world, String slot) {
        world.plane().store().write(tx -> world.plane().slots().put(tx, "eta", Documents.yaml(slot), World.ALICE));
    }
}
