package dev.ringside.experiments.registry;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A version is ready if a living server says so. */
public final class FleetReadiness implements Readiness {
    private final Fleet fleet;
    private final boolean required;

    /** @param required false where models are served by servers that do not report */
    public FleetReadiness(Fleet fleet, boolean required) {
        this.fleet = fleet;
        this.required = required;
    }

    /**
     * A version at a server.
     *
     * @param id the server
     * @param ready whether it answers
     * @param reason why not
     */
    public record AtServer(String id, boolean ready, String reason) {}

    /** What each living server says of a version. */
    public List<AtServer> servers(String slot, String version) {
        return fleet.live(Fleet.SERVING).stream()
                .map(server -> at(server, slot, version))
                .toList();
    }

    private static AtServer at(FleetReport server, String slot, String version) {
        for (LoadedVersion loaded : server.versions()) {
            if (loaded.slot().equals(slot) && loaded.version().equals(version)) {
                String reason = loaded.reason();
                return new AtServer(
                        server.id(), loaded.ready(), reason == null ? (loaded.ready() ? "" : "not ready") : reason);
            }
        }
        return new AtServer(server.id(), false, "has not got it yet");
    }

    @Override
    public Optional<String> missing(Tx tx, String slot, String version) {
        RegisteredVersion registered = Versions.get(tx, slot, version);
        Optional<String> refusal = registered.manifest().refusal();
        if (refusal.isPresent()) {
            return refusal;
        }
        Instant retired = registered.retiredWall();
        if (retired != null) {
            return Optional.of("version '" + version + "' of slot '" + slot + "' is retired since " + retired
                    + "; bring it back with POST /api/slots/" + slot + "/versions/" + version + "/restore");
        }
        List<AtServer> servers = servers(slot, version);
        if (!required || servers.stream().anyMatch(AtServer::ready)) {
            return Optional.empty();
        }
        return Optional.of("version '" + version + "' of slot '" + slot + "' is not ready at any server: "
                + (servers.isEmpty()
                        ? "no server has reported lately; start one (role serving), or set"
                                + " ringside.experiments.require-ready=false if models are served elsewhere"
                        : String.join(
                                "; ",
                                servers.stream()
                                        .map(s -> s.id() + ": " + s.reason())
                                        .toList())));
    }
}
