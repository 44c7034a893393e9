package dev.ringside.experiments.world;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A router and a server that report to a world's control plane. */
public final class PlayedFleet {
    private final World world;

    PlayedFleet(World world) {
        this.world = world;
    }

    /** A server and a router report: every registered version is ready, and the present table is acted on. */
    public void reports() {
        long version = world.plane().store().read(RoutingState::version);
        world.plane().accept(report("serving-1", "serving", version, loaded(true)));
        world.plane().accept(report("router-1", "router", version, List.of()));
    }

    public List<LoadedVersion> loaded(boolean ready) {
        return world.plane().store().read(tx -> {
            var loaded = new ArrayList<LoadedVersion>();
            Slots.all(tx)
                    .forEach(slot -> Versions.all(tx, slot.name())
                            .forEach(v -> loaded.add(new LoadedVersion(
                                    slot.name(), v.version(), ready, ready ? null : "digest differs"))));
            return loaded;
        });
    }

    public FleetReport report(String id, String role, long routingVersion, List<LoadedVersion> versions) {
        return new FleetReport(
                id, role, 1, world.wall.instant(), routingVersion, null, versions, null, List.of(), Map.of(), false);
    }

    /** Reports of a fleet that is always ahead of the table. */
    void follows() {
        world.plane().accept(report("serving-1", "serving", Long.MAX_VALUE, loaded(true)));
        world.plane().accept(report("router-1", "router", Long.MAX_VALUE, List.of()));
    }
}
