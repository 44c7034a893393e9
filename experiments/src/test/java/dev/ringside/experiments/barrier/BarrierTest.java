package dev.ringside.experiments.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage.Writer;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class BarrierTest {
    private static final Instant LATER = World.START.plus(Duration.ofDays(1));

    private static Barrier barrier(World world) {
        return world.plane().barrier().orElseThrow();
    }

    private static Refusal refusal(World world, Instant time) {
        return assertThrows(Refusal.class, () -> barrier(world).pass(time));
    }

    @Test
    void aTimeIsPassedWhenAllIsCountedAndEverybodyActsOnTheTable() throws Exception {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.fleet.reports();
            world.aggregator.reach(LATER);
            Barrier.Passed passed = barrier(world).pass(LATER);
            assertEquals(LATER, passed.time());
            assertEquals(world.plane().store().read(RoutingState::version), passed.routingVersion());
            var last = world.topic.records().getLast();
            assertEquals(ClockTick.KEY, last.key());
            assertEquals(LATER, Json.read(last.value(), ClockTick.class).time());
            assertEquals(passed, barrier(world).pass(LATER), "the same time again is the same answer");
        }
    }

    @Test
    void theClockNeverGoesBack() throws Exception {
        try (World world = World.replay()) {
            world.aggregator.reach(LATER);
            barrier(world).pass(LATER);
            Refusal refusal = refusal(world, LATER.minusMillis(1));
            assertEquals(Refusal.Kind.CONFLICT, refusal.kind());
            assertTrue(refusal.getMessage().contains("'time': the clock stands at " + LATER + " and never goes back"));
            assertThrows(InvalidInput.class, () -> barrier(world).pass(LATER.plusNanos(1)));
            for (String never : List.of("+300000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")) {
                var e = assertThrows(InvalidInput.class, () -> barrier(world).pass(Instant.parse(never)));
                assertEquals("time", e.field());
            }
        }
    }

    @Test
    void atTheTimeoutItSaysWhatItWaitsFor() {
        try (World world = World.replay()) {
            String silent = refusal(world, LATER).getMessage();
            assertTrue(silent.contains("partition 0 has no snapshot yet; partition 1 has no snapshot yet"), silent);
            world.aggregator.reach(0, LATER, List.of());
            world.aggregator.reach(
                    1,
                    World.START,
                    List.of(
                            new Writer("r2", "router", 3, World.START, true, false),
                            new Writer("i1", "ingest", 1, null, true, false),
                            new Writer("i2", "ingest", 1, World.START, true, true),
                            new Writer("r1", "router", 1, LATER, true, false)));
            Refusal refusal = refusal(world, LATER);
            assertEquals(Refusal.Kind.NOT_YET, refusal.kind());
            assertTrue(
                    refusal.getMessage()
                            .contains("this is still missing: router r2 (boot 3) is silent since " + World.START
                                    + "; ingest i1 (boot 1) has not marked any time. Post the same time again"),
                    refusal.getMessage());
        }
    }

    @Test
    void aLivingRouterOnAnOlderTableIsWaitedForAndADeadOneIsNot() throws Exception {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.aggregator.reach(LATER);
            world.plane().accept(world.fleet.report("router-1", "router", 1, List.of()));
            String message = refusal(world, LATER).getMessage();
            assertTrue(message.contains("router router-1 acts on routing table 1, not yet on "), message);
            world.wall.advance(Duration.ofSeconds(20));
            barrier(world).pass(LATER);
        }
    }

    @Test
    void whatIsMissingMayComeWhileItWaits() throws Exception {
        try (World world = World.replay();
                var threads = Executors.newSingleThreadExecutor()) {
            var passed = threads.submit(() -> {
                while (true) {
                    try {
                        return barrier(world).pass(LATER);
                    } catch (Refusal e) {
                        assertEquals(Refusal.Kind.NOT_YET, e.kind());
                    }
                }
            });
            Thread.sleep(50);
            world.aggregator.reach(LATER);
            assertEquals(LATER, passed.get().time());
        }
    }

    @Test
    void aPublisherThatDoesNotAnswerIsWaitedForToo() {
        try (World world = World.replay()) {
            world.aggregator.reach(LATER);
            world.topic.refuseAfter(0);
            assertTrue(refusal(world, LATER).getMessage().contains("the broker does not answer"));
        }
    }

    @Test
    void whileALookWaitsItsRegionIsShownAsBlockedWithTheReason() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.start("x", null);
            assertEquals("continue", world.view("x", "PDX").verdict());
            Instant due = LATER;
            Instant silent = World.START.plusSeconds(3600);
            world.aggregator.reach(0, due, List.of());
            world.aggregator.reach(1, silent, List.of(new Writer("r2", "router", 3, silent, true, false)));
            world.tick(due.plusSeconds(1));
            assertEquals("blocked", world.view("x", "PDX").verdict());
            assertEquals(
                    "Blocked: the look for " + due + " waits: router r2 (boot 3) is silent since " + silent,
                    world.view("x", "PDX").verdictText());
            Instant last = world.wall.instant();
            world.plane().accept(world.fleet.report("r2", "router", 1, List.of()));
            world.wall.advance(Duration.ofMinutes(1));
            assertEquals(
                    List.of("the look for " + due + " waits: router r2 (boot 3) is silent since " + silent
                            + " and was last heard of at " + last + "; if it will not come back, retire it"),
                    world.view("x", "PDX").reasons());
        }
    }

    /** B9: the last snapshot is older than the router, and shows the two that live as behind. */
    @Test
    void aRouterThatCameAndDiedBeforeTheHorizonMovedIsNamedAndTheLivingAreNot() {
        try (World world = World.replay()) {
            List<Writer> living = List.of(
                    new Writer("r1", "router", 1, World.START, true, false),
                    new Writer("i1", "ingest", 1, World.START, true, false));
            world.aggregator.reach(0, World.START, living);
            world.aggregator.reach(1, World.START, living);
            Instant died = world.wall.instant();
            world.plane().accept(world.fleet.report("r2", "router", 1, List.of()));
            world.wall.advance(Duration.ofMinutes(1));
            world.plane().accept(world.fleet.report("r1", "router", 1, List.of()));
            world.plane().accept(world.fleet.report("i1", "ingest", 1, List.of()));
            String message = refusal(world, LATER).getMessage();
            assertTrue(
                    message.contains("still missing: router r2 (boot 1) was last heard of at " + died
                            + ", after the last time that was counted; if it will not come back, retire it. Post"),
                    message);
        }
    }

    @Test
    void aFullSpoolIsShownWhereUnitsAreNotEnrolled() {
        try (World world = World.replay()) {
            world.eta("PDX");
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.start("x", null);
            world.plane()
                    .accept(new FleetReport(
                            "router-1",
                            "router",
                            1,
                            world.wall.instant(),
                            1,
                            null,
                            List.of(),
                            new FleetReport.Spool(900, 1 << 20, true),
                            List.of(),
                            Map.of(),
                            false));
            assertEquals("blocked", world.view("x", "PDX").verdict());
            assertTrue(world.view("x", "PDX")
                    .reasons()
                    .getFirst()
                    .contains("router router-1's spool is full (900 events)"));
        }
    }

    @Test
    void byTheWallClockAStepMakesTheLooksThatAreDue() {
        try (World world = World.wall()) {
            world.eta("PDX");
            world.put("x", Documents.experimentYaml("[[PDX]]"));
            world.start("x", null);
            Instant day = world.wall.instant().truncatedTo(ChronoUnit.DAYS);
            world.day("x", 1, "PDX", day, 200, 100);
            world.wall.advance(Duration.ofDays(4));
            world.aggregator.reach(world.wall.instant());
            world.plane().step().run();
            assertEquals("rolled_back", world.region("x", "PDX").state());
            assertTrue(world.plane().barrier().isEmpty());
        }
    }
}
