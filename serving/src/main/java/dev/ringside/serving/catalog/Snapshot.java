package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The routing table as the catalog acts on it. Immutable; the versions in it move on.
 *
 * @param routingVersion the table's version; 0 before the first
 * @param slots by name
 */
record Snapshot(long routingVersion, Map<String, Slot> slots) {
    static final Snapshot NONE = new Snapshot(0, Map.of());

    /**
     * A slot.
     *
     * @param signature what it declares
     * @param champions the versions that a champion's pointer names
     * @param versions all of its versions, by name
     */
    record Slot(Signature signature, Set<String> champions, Map<String, Version> versions) {
        boolean championsServe() {
            return !champions.isEmpty()
                    && champions.stream().allMatch(name -> {
                        Version version = versions.get(name);
                        return version != null && version.serving() != null;
                    });
        }
    }

    static Snapshot of(RoutingTable table, Map<Desired.Key, Version> versions) {
        var slots = new HashMap<String, Slot>();
        for (SlotRoutes routes : table.slots()) {
            var champions = new HashSet<>(routes.champions().values());
            if (routes.defaultChampion() != null) {
                champions.add(routes.defaultChampion());
            }
            var ofSlot = new HashMap<String, Version>();
            versions.forEach((key, version) -> {
                if (key.slot().equals(routes.name())) {
                    ofSlot.put(key.version(), version);
                }
            });
            slots.put(routes.name(), new Slot(routes.signature(), Set.copyOf(champions), Map.copyOf(ofSlot)));
        }
        return new Snapshot(table.version(), Map.copyOf(slots));
    }

    /** @throws InferenceFailure {@code UNKNOWN_MODEL} */
    Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            // Triton's example clients look for these first words.
            throw new InferenceFailure(Cause.UNKNOWN_MODEL, "Request for unknown model: '" + name + "' is not found");
        }
        return slot;
    }

    /** @throws InferenceFailure {@code UNKNOWN_MODEL} */
    Version version(String slot, String name) {
        Version version = slot(slot).versions().get(name);
        if (version == null) {
            throw new InferenceFailure(
                    Cause.UNKNOWN_MODEL,
                    "Request for unknown model: '" + slot + "' version '" + name + "' is not found");
        }
        return version;
    }
}
