package dev.ringside.experiments.retirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage.Writer;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.retirement.Retirement.Retired;
import dev.ringside.experiments.store.Outbox;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetirementTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant T0 = Instant.parse("2026-01-05T09:59:58Z");
    private static final Instant T1 = T0.plusSeconds(1);

    /** A writer's report, now. */
    private static void reports(World world, String id, String role, long boot, boolean stopped) {
        world.plane()
                .accept(new FleetReport(
                        id, role, boot, world.wall.instant(), 1, null, List.of(), null, List.of(), Map.of(), stopped));
    }

    /** Each partition knows router r2 in its own way; the horizon of both hangs on it. */
    private static void isKnown(World world, boolean open) {
        world.aggregator.reach(0, T0, List.of(new Writer("r2", "router", 3, T0, open, false)));
        world.aggregator.reach(1, T1, List.of(new Writer("r2", "router", 2, T1, open, false)));
    }

    private static Retired retire(World world, String id) {
        return world.plane().store().write(tx -> world.plane().retirement().retire(tx, id, World.ALICE));
    }

    private static Refusal refused(World world, String id) {
        return assertThrows(Refusal.class, () -> retire(world, id));
    }

    /** What was published to {@code unit-events}, as "partition mark". */
    private static List<String> marks(World world) {
        world.publish();
        return world.topic.records().stream()
                .filter(m -> m.topic().equals(Outbox.UNIT_EVENTS))
                .map(m -> {
                    assertEquals(null, m.key(), "a mark has no key");
                    var mark = (Mark) Json.read(m.value(), UnitEvent.class);
                    assertTrue(mark.closed());
                    return m.partition() + " " + mark.role() + " " + mark.writer() + " " + mark.boot() + " "
                            + mark.through() + (mark.stepped() ? " stepped" : "");
                })
                .toList();
    }

    @Test
    void aSilentWriterIsClosedInEveryPartitionByItsLastBootAndWhatEachPartitionKnowsOfIt() {
        try (World world = World.wall()) {
            reports(world, "r2", "router", 3, false);
            isKnown(world, true);
            world.wall.advance(Duration.ofSeconds(16));
            assertEquals(new Retired("r2", "router", 3, false), retire(world, "r2"));
            assertEquals(List.of("0 ROUTER r2 3 " + T0, "1 ROUTER r2 3 " + T1), marks(world));
            assertEquals(List.of("alice retire router/r2"), world.audited("router/r2"));
            assertEquals(new Retired("r2", "router", 3, true), retire(world, "r2"), "it is ordered");
            isKnown(world, false);
            assertEquals(new Retired("r2", "router", 3, true), retire(world, "r2"), "it is done");
            assertEquals(2, marks(world).size());
            assertEquals(1, world.audited("router/r2").size());
        }
    }

    @Test
    void aBootThatWasReportedAndNotYetSeenInASnapshotIsTheOneThatIsClosed() {
        try (World world = World.replay()) {
            reports(world, "i1", "ingest", 7, false);
            world.wall.advance(Duration.ofSeconds(16));
            retire(world, "i1");
            assertEquals(List.of("0 INGEST i1 7 null stepped", "1 INGEST i1 7 null stepped"), marks(world));
        }
    }

    @Test
    void oneThatStillReportsItselfAndOneThatNobodyKnowsAreRefused() {
        try (World world = World.wall()) {
            assertEquals(
                    "no writer of events has the id 'r9'; none is known",
                    refused(world, "r9").getMessage());
            world.plane().accept(world.fleet.report("serving-1", "serving", 1, List.of()));
            isKnown(world, true);
            reports(world, "i1", "ingest", 1, false);
            Refusal unknown = refused(world, "serving-1");
            assertEquals(Refusal.Kind.UNKNOWN, unknown.kind());
            assertEquals("no writer of events has the id 'serving-1'; there are i1, r2", unknown.getMessage());
            reports(world, "r2", "router", 3, false);
            Refusal alive = refused(world, "r2");
            assertEquals(Refusal.Kind.CONFLICT, alive.kind());
            assertTrue(alive.getMessage().startsWith("router r2 still reports itself"), alive.getMessage());
            assertEquals(List.of(), marks(world));
        }
    }

    @Test
    void theMarksOfAnOrderComeAgainUntilTheyAreAcknowledgedAlsoAfterARestart() {
        try (World world = World.wall()) {
            isKnown(world, true);
            world.publish();
            retire(world, "r2");
            world.topic.refuseAfter(world.topic.records().size() + 1);
            assertThrows(java.io.UncheckedIOException.class, world::publish);
            world.restart();
            world.topic.refuseAfter(Integer.MAX_VALUE);
            assertEquals(List.of("0 ROUTER r2 3 " + T0, "1 ROUTER r2 3 " + T1), marks(world));
            assertTrue(retire(world, "r2").before());
        }
    }

    @Test
    void oneThatCameBackAndFellSilentAgainIsRetiredAgain() {
        try (World world = World.wall()) {
            isKnown(world, true);
            retire(world, "r2");
            isKnown(world, false);
            world.wall.advance(Duration.ofSeconds(60));
            reports(world, "r2", "router", 3, false);
            assertEquals(Refusal.Kind.CONFLICT, refused(world, "r2").kind());
            world.wall.advance(Duration.ofSeconds(60));
            assertFalse(retire(world, "r2").before(), "the same boot, cut off for a while");
            world.wall.advance(Duration.ofSeconds(60));
            reports(world, "r2", "router", 4, false);
            world.wall.advance(Duration.ofSeconds(60));
            assertEquals(new Retired("r2", "router", 4, false), retire(world, "r2"));
            assertEquals(6, marks(world).size());
        }
    }

    @Test
    void aRouterThatIsSilentForADayIsRetiredByItself() {
        try (World world = World.wall()) {
            reports(world, "r2", "router", 3, false);
            reports(world, "i1", "ingest", 1, false);
            isKnown(world, true);
            world.wall.advance(DAY.minusSeconds(1));
            world.plane().step().run();
            assertEquals(List.of(), marks(world));
            world.wall.advance(Duration.ofSeconds(1));
            world.plane().step().run();
            world.plane().step().run();
            assertEquals(List.of("0 ROUTER r2 3 " + T0, "1 ROUTER r2 3 " + T1), marks(world));
            assertEquals(List.of("r2 process.boot router/r2", "policy retire router/r2"), world.audited("router/r2"));
            assertEquals(List.of("i1 process.boot ingest/i1"), world.audited("ingest/i1"));
        }
    }

    @Test
    void afterTheWholeInstallationWasAwayItsRoutersHaveTimeToComeBack() {
        try (World world = World.wall()) {
            FleetReport last = world.fleet.report("r2", "router", 1, List.of());
            isKnown(world, true);
            world.wall.advance(DAY.multipliedBy(3));
            world.restart();
            world.plane().accept(last);
            world.plane().step().run();
            world.wall.advance(Duration.ofMinutes(9));
            world.plane().step().run();
            assertEquals(List.of(), marks(world));
            world.wall.advance(Duration.ofMinutes(1));
            world.plane().step().run();
            assertEquals(2, marks(world).size());
        }
    }

    @Test
    void aRouterThatStoppedInOrderOrIsClosedIsLeftAlone() {
        try (World world = World.wall()) {
            reports(world, "r1", "router", 1, true);
            reports(world, "r2", "router", 3, false);
            isKnown(world, false);
            world.wall.advance(DAY.multipliedBy(2));
            world.plane().step().run();
            assertEquals(List.of(), marks(world));
        }
    }
}
