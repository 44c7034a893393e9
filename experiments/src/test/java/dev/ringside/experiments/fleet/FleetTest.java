package dev.ringside.experiments.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.FleetReport.BreakGlassChange;
import dev.ringside.experiments.view.ProcessView;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static FleetReport router(World world, long boot, List<String> breakGlass, boolean stopped) {
        return new FleetReport(
                "r1", "router", boot, world.wall.instant(), 1, null, List.of(), null, breakGlass, Map.of(), stopped);
    }

    @Test
    void whatAProcessDidAloneIsAuditedAfterwardsAndNotAgainAfterARestart() {
        try (World world = World.wall()) {
            world.plane().accept(router(world, 1, List.of(), false));
            world.plane().accept(router(world, 1, List.of("eta/PDX"), false));
            world.plane().accept(router(world, 1, List.of("eta/PDX"), false));
            world.plane().accept(router(world, 1, List.of(), false));
            world.plane().step().run();
            List<String> expected = List.of(
                    "r1 process.boot router/r1", "r1 router.break_glass router/r1", "r1 router.break_glass router/r1");
            assertEquals(expected, world.audited("router/r1"));
            world.restart();
            world.plane().accept(router(world, 1, List.of(), false));
            world.plane().step().run();
            assertEquals(expected, world.audited("router/r1"));
            world.plane().accept(router(world, 2, List.of(), false));
            world.plane().step().run();
            assertEquals(4, world.audited("router/r1").size());
        }
    }

    private static FleetReport router(World world, long boot, List<String> forced, BreakGlassChange... changes) {
        return new FleetReport(
                "r1",
                "router",
                boot,
                world.wall.instant(),
                1,
                null,
                List.of(),
                null,
                forced,
                List.of(changes),
                Map.of(),
                false,
                null);
    }

    @Test
    void whatAProcessDoesNotReadAnyMoreIsShownOfItAndPagesAreToldAtOnce() throws InterruptedException {
        try (World world = World.wall()) {
            var standing = new FleetReport.Standstill("unit-events", 1, 7L, "disk full", World.START);
            world.plane().accept(router(world, 1, List.of(), false));
            long before = world.plane().changes().count();
            world.plane().accept(router(world, 1, List.of(), false).with(List.of()));
            world.plane().accept(router(world, 1, List.of(), false).with(List.of(standing)));
            assertTrue(world.plane().changes().count() > before);
            FleetReport report = world.plane().fleet().find("r1").orElseThrow();
            assertEquals(List.of(standing), ProcessView.of(report, true).standstills());
            // A release that does not say.
            assertEquals(
                    List.of(),
                    ProcessView.of(router(world, 1, List.of(), false), true).standstills());
            assertEquals(List.of(), report.asStopped().standstills());
        }
    }

    private static BreakGlassChange change(int second, String place, boolean forced, String by, String why) {
        return new BreakGlassChange(World.START.plusSeconds(second), place, forced, by, why);
    }

    @Test
    void eachBreakGlassChangeIsAuditedOnceWithWhoAndWhy() {
        BreakGlassChange first = change(1, "eta/PDX", true, "alice", "wrong times");
        BreakGlassChange second = change(2, "eta/*", true, null, "all of it");
        BreakGlassChange third = change(3, "eta/*", false, "bob", "drill over");
        BreakGlassChange fourth = change(4, "eta/PDX", false, "bob", null);
        try (World world = World.wall()) {
            world.plane().accept(router(world, 1, List.of()));
            world.plane().accept(router(world, 1, List.of("eta/PDX"), first));
            world.plane().step().run();
            // Kafka was away for the second and third, and the router began again.
            world.plane().accept(router(world, 2, List.of("eta/PDX"), first, second, third));
            world.plane().step().run();
            world.restart();
            world.plane().accept(router(world, 2, List.of(), second, third, fourth));
            world.plane().step().run();
            assertEquals(
                    List.of(
                            "alice because wrong times: 'eta/PDX'",
                            "r1 because all of it: 'eta/* eta/PDX'",
                            "bob because drill over: 'eta/PDX'",
                            "bob because null: ''"),
                    world
                            .plane()
                            .store()
                            .read(tx -> world.plane().audit().list(tx, "router/r1", null, 100))
                            .reversed()
                            .stream()
                            .filter(entry -> entry.action().equals("router.break_glass"))
                            .map(entry -> entry.actor() + " because " + entry.why() + ": '"
                                    + entry.detail().get("after").asText() + "'")
                            .toList());
        }
    }

    /** The topic is compacted, but not at once: a control plane that starts reads reports that it has seen. */
    @Test
    void oldReportsThatAreReadAgainAreNotAuditedAgain() {
        BreakGlassChange forced = change(1, "eta/PDX", true, "alice", "wrong times");
        BreakGlassChange released = change(2, "eta/PDX", false, "alice", "drill over");
        try (World world = World.wall()) {
            var reports = new ArrayList<FleetReport>();
            reports.add(router(world, 1, List.of()));
            world.wall.advance(Duration.ofSeconds(1));
            reports.add(router(world, 1, List.of("eta/PDX"), forced));
            world.wall.advance(Duration.ofSeconds(1));
            reports.add(router(world, 2, List.of("eta/PDX"), forced));
            world.wall.advance(Duration.ofSeconds(1));
            reports.add(router(world, 2, List.of(), forced, released));
            reports.forEach(world.plane()::accept);
            world.plane().step().run();
            assertEquals(4, world.audited("router/r1").size());
            world.restart();
            reports.forEach(world.plane()::accept);
            world.plane().step().run();
            assertEquals(4, world.audited("router/r1").size());
        }
    }

    @Test
    void aReportThatCannotBeStoredHoldsUpNothing() {
        try (World world = World.wall()) {
            world.plane().accept(router(world, 1, List.of("eta/a\0"), false));
            world.plane().accept(router(world, 2, List.of(), false));
            world.plane().step().run();
            assertEquals(List.of("r1 process.boot router/r1"), world.audited("router/r1"));
        }
    }

    @Test
    void aProcessIsAliveUntilItStopsOrIsSilentForTheTimeout() {
        try (World world = World.wall()) {
            Fleet fleet = world.plane().fleet();
            fleet.accept(router(world, 1, List.of(), false));
            assertEquals(1, fleet.live(Fleet.ROUTER).size());
            assertEquals(1, fleet.behind(2).size());
            assertEquals(0, fleet.behind(1).size());
            world.wall.advance(Duration.ofSeconds(16));
            assertEquals(List.of(), fleet.live(Fleet.ROUTER));
            assertEquals(List.of(), fleet.behind(2));
            fleet.accept(router(world, 1, List.of(), true));
            assertEquals(List.of(), fleet.live(Fleet.ROUTER));
            assertEquals(1, fleet.all().size());
        }
    }

    @Test
    void aReportThatOnlySaysStillHereRingsForNobody() {
        try (World world = World.wall()) {
            world.plane().accept(router(world, 1, List.of(), false));
            long rung = world.plane().changes().count();
            world.wall.advance(Duration.ofSeconds(1));
            world.plane().accept(router(world, 1, List.of(), false));
            assertEquals(rung, world.plane().changes().count());
            world.plane().accept(router(world, 1, List.of("*"), false));
            assertTrue(world.plane().changes().count() > rung);
        }
    }
}
