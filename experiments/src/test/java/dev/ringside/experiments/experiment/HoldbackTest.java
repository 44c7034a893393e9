package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.look.Awaited;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S11, S17: after a promotion the old champion stays behind a holdback, which finds harm that comes late. */
class HoldbackTest {
    private static final Instant PROMOTED = World.START.plus(Duration.ofDays(14));

    private static World promoted(String more) {
        World world = World.replay();
        world.eta("PDX", "SAN");
        world.put("better", Documents.experimentYaml("[[PDX]]") + more);
        world.start("better", null);
        world.tick(PROMOTED);
        world.promote("better", "PDX");
        return world;
    }

    private static List<RoutingRow> rows(World world) {
        world.publish();
        return world.topic.table().slot("eta").orElseThrow().rows();
    }

    private static Holdback holdback(World world) {
        return ((EndedRegion.Promoted) world.region("better", "PDX")).holdback();
    }

    @Test
    void aPromotionLeavesARowThatKeepsTheOldChampionForSome() {
        try (World world = promoted("")) {
            RoutingRow row = rows(world).getFirst();
            assertEquals("better.holdback", row.experiment(), "who was exposed before is exposed anew");
            assertEquals(2, row.epoch());
            assertEquals(new RoutingRow.Holdback(1, 100_000), row.holdback(), "5 % of all are a tenth of one half");
            assertEquals("v1", row.arms().getFirst().version());
            assertEquals("v2", world.championOf("PDX"));
            assertEquals(
                    List.of(50_000, 500_000),
                    holdback(world).epoch().arms().stream()
                            .map(RoutingRow.Arm::weight)
                            .toList(),
                    "what the sample ratio is tested against");
            assertTrue(world.topic.keys().contains("definition/better.holdback/2"));
            assertEquals(
                    PROMOTED.plus(Duration.ofDays(28)), holdback(world).epoch().countsUntil());
            assertEquals("better", world.experiment("better").name());
        }
    }

    @Test
    void itEndsByItselfOnceTheLastCountedWindowIsOver() {
        try (World world = promoted("holdback: {share: 2%, duration: 7d}\n")) {
            Instant end = PROMOTED.plus(Duration.ofDays(7)).plus(Duration.ofHours(36));
            assertEquals(end, holdback(world).endsAt());
            world.pass(end.minusSeconds(1));
            assertEquals(1, rows(world).size());
            world.pass(end);
            assertEquals(List.of(), rows(world));
            assertFalse(holdback(world).open());
            assertEquals("promoted", world.view("better", "PDX").state());
            assertTrue(world.audited("experiment/better/PDX")
                    .contains("policy region.end_holdback experiment/better/PDX"));
        }
    }

    /** S17: harm of the last days that shows when everybody has the new champion already. */
    @Test
    void cohortsThatAreInGraceAtItsEndAreLookedAtOnceTheyClose() {
        try (World world = promoted("holdback: {share: 20%, duration: 7d}\n")) {
            for (int d = 0; d < 7; d++) {
                world.day("better.holdback", 2, "PDX", PROMOTED.plus(Duration.ofDays(d)), 200, d < 6 ? 200 : 20);
            }
            Instant end = PROMOTED.plus(Duration.ofDays(7)).plus(Duration.ofHours(36));
            world.pass(end);
            assertFalse(holdback(world).open());
            assertTrue(holdback(world).watched());
            assertEquals(
                    PROMOTED.plus(Duration.ofDays(9)),
                    world.plane()
                            .store()
                            .read(tx -> Awaited.of(tx, Experiments.get(tx, "better"), world.region("better", "PDX")))
                            .look(),
                    "when the last cohort closes");
            world.put("other", Documents.experimentYaml("[[PDX]]").replace("v2", "v3"));
            String message = assertThrows(Refusal.class, () -> world.start("other", null))
                    .getMessage();
            assertTrue(message.contains("looks at the last of it when its grace is over"), message);
            world.pass(PROMOTED.plus(Duration.ofDays(9)));
            assertEquals("rolled_back", world.view("better", "PDX").state());
            assertEquals("v1", world.championOf("PDX"));
        }
    }

    @Test
    void aSegmentIsLetGoOfOnceItsLastHeldBackCohortWasLookedAt() {
        try (World world = promoted("holdback: {share: 20%, duration: 7d}\n")) {
            for (int d = 0; d < 7; d++) {
                world.day("better.holdback", 2, "PDX", PROMOTED.plus(Duration.ofDays(d)), 200, 200);
            }
            world.pass(PROMOTED.plus(Duration.ofDays(9)).minusSeconds(1));
            assertTrue(holdback(world).watched());
            world.pass(PROMOTED.plus(Duration.ofDays(9)));
            assertFalse(holdback(world).watched());
            assertEquals("promoted", world.view("better", "PDX").state());
            world.put("other", Documents.experimentYaml("[[PDX]]").replace("v2", "v3"));
            world.start("other", null);
            assertEquals("running", world.region("other", "PDX").state());
        }
    }

    @Test
    void itIsEndedByHandAndThenAnotherExperimentMayBegin() {
        try (World world = promoted("")) {
            world.put("other", Documents.experimentYaml("[[PDX]]").replace("v2", "v3"));
            String message = assertThrows(Refusal.class, () -> world.start("other", null))
                    .getMessage();
            assertTrue(
                    message.contains("PDX is taken by experiment 'better', which holds the old champion back until "),
                    message);
            assertTrue(message.contains("POST /api/experiments/better/end-holdback"), message);
            world.order(Lifecycle::endHoldback, "better", "PDX");
            assertEquals(List.of(), rows(world));
            world.start("other", null);
            assertEquals("running", world.region("other", "PDX").state());
        }
    }

    @Test
    void itEndsWithTheChampionThatItIsComparedWith() {
        try (World world = promoted("")) {
            world.champion("PDX", "v3");
            assertEquals(List.of(), rows(world));
            assertEquals("superseded", world.view("better", "PDX").state());
        }
    }

    @Test
    void harmThatIsProvenBehindItRollsThePromotionBack() {
        try (World world = promoted("")) {
            world.plane().store().write(tx -> {
                Experiment experiment = Experiments.get(tx, "better");
                var ending = new Ending(PROMOTED, PROMOTED, "9", Actor.POLICY, "it turned");
                var region = (EndedRegion.Promoted) experiment.region("PDX");
                world.plane().lifecycle().harm(tx, experiment, region, ending, new Cause(Actor.POLICY, "it turned"));
                return null;
            });
            assertEquals("v1", world.championOf("PDX"));
            assertEquals(List.of(), rows(world));
            assertEquals("rolled_back", world.view("better", "PDX").state());
            assertEquals(
                    "worse", world.view("better", "PDX").standing().evidence().proven());
        }
    }

    /** S17: a challenger that wins for two weeks and loses ever after. */
    @Test
    void aReversalAfterThePromotionIsFoundByTheLooksAtIt() {
        try (World world = promoted("")) {
            for (int d = 0; d < 10; d++) {
                world.day("better.holdback", 2, "PDX", PROMOTED.plus(Duration.ofDays(d)), 300, 100);
            }
            world.pass(PROMOTED.plus(Duration.ofDays(10)));
            assertEquals("rolled_back", world.view("better", "PDX").state());
            assertEquals("v1", world.championOf("PDX"));
            assertEquals(
                    "worse", world.view("better", "PDX").standing().evidence().proven());
            assertEquals(
                    "policy", world.view("better", "PDX").standing().serving().by());
        }
    }

    @Test
    void aDocumentMayWantNone() {
        try (World world = promoted("holdback: none\n")) {
            assertEquals(List.of(), rows(world));
            assertEquals(null, holdback(world));
        }
    }

    @Test
    void theNextWaveHasAnEpochOfItsOwn() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            world.put("better", Documents.experimentYaml("[[PDX], [SAN]]"));
            world.start("better", null);
            world.promote("better", "PDX");
            world.pass(World.START.plusSeconds(3600));
            assertEquals(3, world.running("better", "SAN").current().epoch());
            assertEquals(2, rows(world).size());
        }
    }
}
