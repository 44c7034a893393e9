package dev.ringside.experiments.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.world.World;
import java.time.Duration;
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
