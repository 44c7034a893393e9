package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A version as the routing table wants it. If anything here changes, the version is loaded anew beside the one that
 * serves.
 *
 * @param key its names
 * @param modelSha256 digest of the model file
 * @param manifestSha256 digest of its manifest
 * @param slot what the slot declares
 */
record Desired(Key key, String modelSha256, String manifestSha256, Signature slot) {
    /**
     * What a version is called.
     *
     * @param slot the slot
     * @param version the version
     */
    record Key(String slot, String version) {
        @Override
        public String toString() {
            return "model '" + slot + "' version '" + version + "'";
        }
    }

    /** All versions of all slots of a table, by their names. */
    static Map<Key, Desired> of(RoutingTable table) {
        var all = new LinkedHashMap<Key, Desired>();
        for (SlotRoutes slot : table.slots()) {
            slot.versions().forEach((version, route) -> {
                var key = new Key(slot.name(), version);
                all.put(key, new Desired(key, route.modelSha256(), route.manifestSha256(), slot.signature()));
            });
        }
        return all;
    }
}
