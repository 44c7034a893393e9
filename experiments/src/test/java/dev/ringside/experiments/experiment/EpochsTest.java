package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            List<Look> looks = world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1));
            assertEquals(
                    List.of(1, 2, 2, 2),
                    looks.stream()
                            .map(l -> l.record().evidence().strata().size())
                            .toList());
            var second = looks.getLast().record().evidence().strata().getLast();
            assertEquals(3, second.arms().getFirst().weight());
            assertEquals(201, second.arms().getFirst().moments().get("booked").events());
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
                    .read(tx -> LookStore.all(tx, "better", "PDX", 1))
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

    /** S18: directions, effects, guardrails and all else of the plan; it was accepted as a new epoch. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kpis | minimum_effect: 0.02 | minimum_effect: 0.03
                    kpis | role: primary | role: primary, direction: down
                    kpis | kpis: | kpis: [{name: late, kind: proportion, role: guardrail, margin: 0.01}]; kpis:
                    arms | v2 | v3
                    arms | variant: challenger | variant: network
                    waves | [[PDX, SAN]] | [[PDX]]
                    salt | abc | xyz
                    max_duration | salt: abc | salt: abc; max_duration: 10w
                    scope | salt: abc | salt: abc; scope: region
                    next_wave | salt: abc | salt: abc; next_wave: manual
                    harm_action | salt: abc | salt: abc; harm_action: pause
                    harm_elsewhere | salt: abc | salt: abc; harm_elsewhere: warn
                    holdback | salt: abc | salt: abc; holdback: none
                    """)
    void aPlanIsFrozenOnceItRunsAndSaysWhatToDoInstead(String field, String line, String other) {
        try (World world = running()) {
            String changed = field.equals("kpis") && line.equals("kpis:")
                    ? DOCUMENT + "  - {name: late, kind: proportion, role: guardrail, margin: 0.01}\n"
                    : DOCUMENT.replace(line, other.replace("; ", "\n"));
            String message = refusal(() -> world.put("better", changed));
            assertTrue(message.contains("its plan is frozen, found other " + field + "; "), message);
            assertTrue(message.contains("stop it and put the other plan under another name"), message);
            assertEquals(1, current(world, "PDX").epoch());
            assertEquals(world.experiment("better"), world.put("better", DOCUMENT), "the same again changes nothing");
        }
    }

    @Test
    void textsMayChangeWhileItRunsAndASplitOnlyWithAReason() {
        try (World world = running()) {
            world.put("better", DOCUMENT + "description: another try\nowner: dispatch\n");
            assertEquals("dispatch", world.experiment("better").document().owner());
            assertEquals(1, current(world, "PDX").epoch());
            var silent = new Cause(Actor.claimed("alice"), null);
            String message = assertThrows(
                            InvalidInput.class,
                            () -> world.plane()
                                    .store()
                                    .write(tx -> world.plane()
                                            .designs()
                                            .put(tx, "better", Documents.yaml(OTHER_SPLIT), silent)))
                    .getMessage();
            assertTrue(message.contains("'why': missing"), message);
        }
    }

    /** S9: what a unit gets for the rest of its window is not what its arm was to get. */
    @Test
    void aChangeThatCutsTreatmentShortSaysUntilWhenUnitsHadTheirArms() {
        try (World world = running()) {
            Instant changed = World.START.plus(Duration.ofDays(3));
            world.tick(changed);
            world.put("better", OTHER_SPLIT);
            List<RowEpoch> epochs = world.running("better", "PDX").epochs();
            assertEquals(changed, epochs.getFirst().closedAt());
            assertEquals(null, epochs.getLast().closedAt());
            Instant end = World.START.plus(Duration.ofDays(42));
            assertEquals(
                    List.of(end, end),
                    epochs.stream().map(RowEpoch::countsUntil).toList());
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
