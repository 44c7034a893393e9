package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.store.Publisher.Message;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders to begin and end regions: what they lead to, and why one is refused. */
class LifecycleTest {
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
    void aStartOpensARowForEachRegionOfTheFirstWave() {
        try (World world = draft("[[PDX, SAN], [MCI]]")) {
            world.start("better", null);
            List<RoutingRow> rows = rows(world);
            assertEquals(
                    List.of("PDX", "SAN"),
                    rows.stream().map(RoutingRow::segment).toList());
            RoutingRow row = rows.getFirst();
            assertEquals("better", row.experiment());
            assertEquals(1, row.epoch());
            assertEquals("abc", row.salt());
            assertEquals(RoutingRow.ALL, row.coverageMillionths());
            assertEquals(
                    List.of(new RoutingRow.Arm("champion", "v1", 1), new RoutingRow.Arm("challenger", "v2", 1)),
                    row.arms());
            assertInstanceOf(Region.Waiting.class, world.region("better", "MCI"));
            assertEquals("running", world.experiment("better").state());
        }
    }

    @Test
    void aRegionWhoseSegmentTheSlotHasNoMoreCannotBeginAgain() {
        try (World world = draft("[[PDX, SAN]]")) {
            world.start("better", null);
            world.stop("better", "SAN");
            world.slot("eta", "PDX", "MCI");
            assertTrue(refusal(() -> world.start("better", "SAN"))
                    .contains("slot 'eta' has no segment SAN any more; it has PDX, MCI and other"));
        }
    }

    @Test
    void aDefinitionIsPublishedBeforeTheTableThatRoutesToIt() {
        try (World world = draft("[[PDX]]")) {
            world.publish();
            int before = world.topic.records().size();
            world.start("better", null);
            world.publish();
            assertEquals(
                    List.of("definition/better/1", RoutingTable.KEY),
                    world.topic.records().stream()
                            .skip(before)
                            .map(Message::key)
                            .toList());
        }
    }

    @Test
    void nothingStartsUntilEverythingIsInPlaceAndAllThatIsMissingIsListed() {
        try (World world = World.replay()) {
            world.slot("eta", "PDX", "SAN");
            world.version("eta", "v1");
            world.version("eta", "v2");
            world.put("better", Documents.experimentYaml("[[PDX, SAN]]"));
            world.plane().accept(world.fleet.report("serving-1", "serving", 1, world.fleet.loaded(false)));
            String message = refusal(() -> world.start("better", null));
            for (String part : List.of(
                    "version 'v2' of slot 'eta' is not ready at any server: serving-1: digest differs",
                    "PDX has no champion; POST /api/slots/eta/champion first",
                    "SAN has no champion")) {
                assertTrue(message.contains(part), message);
            }
            world.fleet.reports();
            world.champion(null, "v2");
            assertTrue(
                    refusal(() -> world.start("better", null)).contains("version 'v2' is already the champion of PDX"));
            world.put(
                    "better",
                    Documents.experimentYaml("[[PDX]]")
                            .replace("{variant: champion}", "{variant: champion, version: v1}"));
            assertTrue(refusal(() -> world.start("better", null))
                    .contains("the control is to be 'v1', but the champion of PDX is 'v2'"));
            assertTrue(world.experiment("better").isDraft());
        }
    }

    @Test
    void aSegmentIsInOneExperimentAtATime() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            world.put("other", Documents.experimentYaml("[[SAN], [PDX]]").replace("v2", "v3"));
            world.start("other", null);
            assertTrue(refusal(() -> world.start("other", "PDX")).contains("PDX is taken by experiment 'better'"));
            world.stop("better", null);
            world.start("other", "PDX");
            assertEquals("running", world.region("other", "PDX").state());
        }
    }

    @Test
    void everyOrderIsUndoneByAnotherAndAllOfItIsAudited() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            world.stop("better", "PDX");
            assertEquals(List.of(), rows(world));
            world.start("better", "PDX");
            assertEquals(2, rows(world).getFirst().epoch(), "what was enrolled before is not counted again");
            world.promote("better", "PDX");
            assertEquals("v2", world.championOf("PDX"));
            assertEquals("better.holdback", rows(world).getFirst().experiment());
            world.rollBack("better", "PDX");
            assertEquals("v1", world.championOf("PDX"));
            assertEquals(List.of(), rows(world));
            world.promote("better", "PDX");
            assertEquals("v2", world.championOf("PDX"));
            world.rollBack("better", null);
            world.start("better", "PDX");
            world.rollBack("better", "PDX");
            assertEquals("rolled_back", world.region("better", "PDX").state());
            assertEquals(
                    "Rolled back by alice: because", world.view("better", "PDX").verdictText());
            assertEquals(
                    List.of(
                            "alice region.start experiment/better/PDX",
                            "alice region.stop experiment/better/PDX",
                            "alice region.start experiment/better/PDX",
                            "alice region.promote experiment/better/PDX",
                            "alice region.roll_back experiment/better/PDX",
                            "alice region.promote experiment/better/PDX",
                            "alice region.roll_back experiment/better/PDX",
                            "alice region.start experiment/better/PDX",
                            "alice region.roll_back experiment/better/PDX"),
                    world.audited("experiment/better/PDX"));
        }
    }

    @Test
    void ordersThatTheStateDoesNotAllowSayWhatItIs() {
        try (World world = draft("[[PDX], [SAN]]")) {
            assertTrue(refusal(() -> world.stop("better", null)).contains("it has not started"));
            world.start("better", null);
            assertTrue(refusal(() -> world.start("better", null)).contains("has started already; name a segment"));
            assertTrue(refusal(() -> world.start("better", "PDX"))
                    .contains("cannot start region 'PDX' of experiment 'better': it is running"));
            assertTrue(refusal(() -> world.promote("better", "SAN")).contains("it is waiting"));
            assertTrue(refusal(() -> world.rollBack("better", "SAN")).contains("it is waiting"));
            assertTrue(refusal(() -> world.stop("better", "LAX")).contains("has no region 'LAX'; it has PDX, SAN"));
            assertTrue(refusal(() -> world.stop("worse", null))
                    .contains("experiment 'worse' does not exist; there are better"));
            world.stop("better", null);
            assertEquals("stopped", world.region("better", "SAN").state());
            assertTrue(refusal(() -> world.stop("better", null)).contains("PDX is stopped, SAN is stopped"));
        }
    }

    @Test
    void aPromotionIsNotRolledBackOverAnotherChampionsHead() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            world.promote("better", "PDX");
            world.champion("PDX", "v3");
            assertTrue(refusal(() -> world.rollBack("better", "PDX"))
                    .contains("it is superseded; what can be done is: start, promote"));
            assertEquals("superseded", world.view("better", "PDX").state());
        }
    }

    @Test
    void aReplayWhoseClockIsNotSetStartsNothing() {
        try (World world = new World(true, World.Config.DEFAULT)) {
            world.eta("PDX");
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            assertTrue(refusal(() -> world.start("better", null)).contains("POST /api/clock"));
        }
    }

    /** S10: treatment lasts as long as the window, also for the last unit that is counted. */
    @Test
    void enrolmentIntoCountedCohortsEndsFirstAndTreatmentGoesOnUntilTheLastWindowIsOver() {
        try (World world = draft("[[PDX]]")) {
            world.start("better", null);
            Instant counted = World.START.plus(Duration.ofDays(42));
            assertEquals(counted, world.running("better", "PDX").current().countsUntil());
            world.pass(counted.plus(Duration.ofHours(35)));
            assertEquals(1, rows(world).size(), "new units get arms, their cohorts are not counted");
            world.pass(counted.plus(Duration.ofHours(36)));
            assertEquals(List.of(), rows(world));
        }
    }

    @Test
    void undoingAPromotionGivesTheRegionTheSlotsDefaultAgain() {
        try (World world = draft("[[PDX, SAN]]")) {
            world.start("better", null);
            world.promote("better", "PDX");
            assertEquals("v2", world.championOf("PDX"));
            world.rollBack("better", "PDX");
            assertEquals("v1", world.championOf("PDX"));
            world.stop("better", null);
            world.champion(null, "v3");
            assertEquals("v3", world.championOf("PDX"));
        }
    }

    @Test
    void segmentsThatTheSlotDoesNotHaveAreListedWithAllElseByThePlaceWhereTheyStand() {
        try (World world = World.replay()) {
            world.eta("PDX", "SAN");
            String message = assertThrows(
                            InvalidInput.class,
                            () -> world.put(
                                    "better", Documents.experimentYaml("[[PDX], [SAN, LAX]]") + "\ncoverage: most\n"))
                    .getMessage();
            assertTrue(
                    message.contains("'waves[1][1]': slot 'eta' has no segment \"LAX\"; its segments are PDX, SAN"),
                    message);
            assertTrue(message.contains("'coverage': expected a percentage"), message);
            String one = assertThrows(
                            InvalidInput.class,
                            () -> world.put(
                                    "better",
                                    Documents.experimentYaml("[[PDX]]")
                                            .replace("waves: [[PDX]]", "segments: [PDX, LAX]")))
                    .getMessage();
            assertTrue(one.startsWith("'segments[1]': slot 'eta' has no segment"), one);
        }
    }

    /** S12: five starts of one challenger had fresh α each, 11.9 % in all. */
    @Test
    void eachStartOfTheSameTwoModelsInASegmentIsTheNextAttempt() {
        try (World world = draft("[[PDX, SAN]]")) {
            world.start("better", null);
            assertEquals(1, world.running("better", "PDX").current().attempt());
            world.stop("better", "PDX");
            world.start("better", "PDX");
            assertEquals(2, world.running("better", "PDX").current().attempt());
            assertEquals(1, world.running("better", "SAN").current().attempt());
            world.stop("better", null);
            world.put("again", Documents.experimentYaml("[[PDX]]"));
            world.start("again", null);
            assertEquals(3, world.running("again", "PDX").current().attempt(), "under whatever name");
            world.stop("again", null);
            world.put("third", Documents.experimentYaml("[[PDX]]").replace("v2", "v3"));
            world.start("third", null);
            assertEquals(1, world.running("third", "PDX").current().attempt(), "another model");
            world.stop("third", null);
            world.tick(World.START.plus(Duration.ofDays(91)));
            world.start("again", "PDX");
            assertEquals(1, world.running("again", "PDX").current().attempt(), "after 90 days it is forgotten");
        }
    }

    @Test
    void aDraftIsDeletedAndWhatHasStartedIsNot() {
        try (World world = draft("[[PDX]]")) {
            world.plane().store().write(tx -> {
                world.plane().designs().delete(tx, "better", World.ALICE);
                return null;
            });
            assertTrue(refusal(() -> world.start("better", null)).contains("does not exist"));
            world.put("better", Documents.experimentYaml("[[PDX]]"));
            world.start("better", null);
            world.stop("better", null);
            assertTrue(refusal(() -> world.plane().store().write(tx -> {
                        world.plane().designs().delete(tx, "better", World.ALICE);
                        return null;
                    }))
                    .contains("only a draft is deleted"));
        }
    }
}
