package dev.ringside.experiments.view;

import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.GateResult;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.registry.FleetReadiness;
import dev.ringside.experiments.registry.RegisteredVersion;
import dev.ringside.experiments.retirement.VersionUse;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registered version.
 *
 * @param ready whether a living server has it ready
 * @param servers what each living server says of it; of a refused one none is asked
 * @param championOf the segments whose requests it gets, the rest of them as {@code other}
 * @param description what there is to know about it, in somebody's words
 * @param refused what the gates of its training refused it for; empty for a version that may serve
 * @param retiredAt when it was taken out of the routing table, by the machine's clock, or registered as refused; null while
 *     it is in
 * @param retiredBy who did that; {@code policy} where nothing had named it for long, {@code gates} of a refused one
 * @param usedBy what names it now, in words: while something does it is neither retired nor deleted
 */
public record VersionView(
        String slot,
        String version,
        String sha256,
        String manifestSha256,
        Map<String, Double> metrics,
        @Nullable Long seed,
        ModelManifest.@Nullable Lineage lineage,
        @Nullable String description,
        Instant registeredAt,
        String registeredBy,
        boolean ready,
        List<Server> servers,
        List<String> championOf,
        List<GateResult> refused,
        @Nullable Instant retiredAt,
        @Nullable String retiredBy,
        List<String> usedBy) {

    /** A version at a server. */
    public record Server(String id, boolean ready, @Nullable String reason) {}

    /** The view of a version. */
    public static VersionView of(Tx tx, SlotDocument slot, RegisteredVersion version, FleetReadiness readiness) {
        ModelManifest manifest = version.manifest();
        List<Server> servers = manifest.refusals().isEmpty()
                ? readiness.servers(slot.name(), version.version()).stream()
                        .map(s -> new Server(s.id(), s.ready(), s.ready() ? null : s.reason()))
                        .toList()
                : List.of();
        return new VersionView(
                slot.name(),
                version.version(),
                manifest.sha256(),
                version.manifestSha256(),
                manifest.metrics(),
                manifest.seed(),
                manifest.lineage(),
                manifest.description(),
                version.registeredWall(),
                version.registeredBy(),
                servers.stream().anyMatch(Server::ready),
                servers,
                Stream.concat(slot.segments().stream(), Stream.of(SlotRoutes.OTHER))
                        .filter(segment -> version.version().equals(Champions.current(tx, slot.name(), segment)))
                        .toList(),
                manifest.refusals(),
                version.retiredWall(),
                version.retiredBy(),
                VersionUse.of(tx, slot).getOrDefault(version.version(), List.of()));
    }
}
