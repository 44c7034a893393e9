package dev.ringside.app.http;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A router's first moments: it routes when every version that it may route to has been ready once. Otherwise the units
 * that come first after a restart would all get the champion while the challenger loads. A version that does not come
 * holds it up no longer than half a minute; then its units fall back, and are counted so.
 */
final class StartupGate {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final RoutedModels.ServerReadiness servers;
    private final LongSupplier ticker;
    private final long began;
    private volatile boolean open;

    StartupGate(RoutedModels.ServerReadiness servers, LongSupplier ticker) {
        this.servers = servers;
        this.ticker = ticker;
        this.began = ticker.getAsLong();
    }

    /** The version that is waited for; null when the router may route, and from then on for ever. */
    @Nullable
    String waitsFor(RoutingTable table) {
        if (open) {
            return null;
        }
        if (ticker.getAsLong() - began < PATIENCE) {
            for (SlotRoutes slot : table.slots()) {
                for (String version : routed(slot)) {
                    if (!servers.ready(slot.name(), version)) {
                        return "version '" + version + "' of '" + slot.name() + "' to be loaded";
                    }
                }
            }
        }
        open = true;
        return null;
    }

    /** The versions that a request may be routed to. */
    private static Set<String> routed(SlotRoutes slot) {
        var versions = new LinkedHashSet<>(slot.champions().values());
        String champion = slot.defaultChampion();
        if (champion != null) {
            versions.add(champion);
        }
        slot.rows()
                .forEach(row -> row.arms().stream().map(RoutingRow.Arm::version).forEach(versions::add));
        slot.overrides().forEach(override -> versions.add(override.version()));
        return versions;
    }
}
