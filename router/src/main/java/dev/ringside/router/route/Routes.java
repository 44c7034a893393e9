package dev.ringside.router.route;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.UnitHasher;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.limit.SlotLimit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A routing table, ready to route. Immutable, so a request sees one table from its beginning to its end. */
final class Routes {
    private final RoutingTable table;
    private final Map<String, SlotRouting> slots;

    /** @throws InvalidInput if the table contradicts itself */
    Routes(RoutingTable table) {
        this.table = table;
        UnitHasher hasher = table.installKey().hasher();
        var ready = new HashMap<String, SlotRouting>();
        for (SlotRoutes slot : table.slots()) {
            SlotRouting before = ready.put(slot.name(), new SlotRouting(slot, table.installKey(), hasher));
            InvalidInput.require(before == null, "slots", "two are named '" + slot.name() + "'");
        }
        this.slots = Map.copyOf(ready);
    }

    RoutingTable table() {
        return table;
    }

    /** How many requests a slot takes; null for any number, and for a slot that is not there. */
    @Nullable
    SlotLimit limit(String name) {
        SlotRouting slot = slots.get(name);
        return slot == null ? null : slot.limit();
    }

    SlotRouting slot(String name) {
        SlotRouting slot = slots.get(name);
        if (slot == null) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.UNKNOWN_MODEL, "Request for unknown model: '" + name + "' is not found");
        }
        return slot;
    }
}
