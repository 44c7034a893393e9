package dev.ringside.contract.routing;

import dev.ringside.contract.id.InstallKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a router must know to answer: published whole, as one record of the compacted topic {@code routing} under the
 * key {@code table}, and kept on each router's disk.
 *
 * @param version counts up with each change
 * @param at when it was made
 * @param installKey keys the unit hash
 * @param partitions of {@code unit-events}, fixed at install
 * @param slots by name
 */
public record RoutingTable(long version, Instant at, InstallKey installKey, int partitions, List<SlotRoutes> slots) {
    /** The key of the table's record. */
    public static final String KEY = "table";

    /** Copies the list. */
    public RoutingTable {
        slots = List.copyOf(slots);
    }

    /** The slot of that name. */
    public Optional<SlotRoutes> slot(String name) {
        return slots.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
