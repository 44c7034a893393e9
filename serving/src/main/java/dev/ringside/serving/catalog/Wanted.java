package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a catalog is to have.
 *
 * @param version the routing table's, or a folder's count of changes
 * @param slots by name
 */
record Wanted(long version, Map<String, Slot> slots) {
    /**
     * A slot, or a folder's model.
     *
     * @param signature what it declares; null where each version says that itself
     * @param champions the versions that must answer before the slot does; none for a folder's model
     * @param preferred versions, of which the first that answers is asked where a request names none; none for a slot,
     *     whose requests a router routes
     * @param versions what its versions are made of, by name
     */
    record Slot(
            @Nullable Signature signature,
            Set<String> champions,
            List<String> preferred,
            Map<String, Desired.Source> versions) {}

    static Wanted of(RoutingTable table) {
        var slots = new LinkedHashMap<String, Slot>();
        for (SlotRoutes slot : table.slots()) {
            var champions = new HashSet<>(slot.champions().values());
            if (slot.defaultChampion() != null) {
                champions.add(slot.defaultChampion());
            }
            var versions = new LinkedHashMap<String, Desired.Source>();
            slot.versions()
                    .forEach((version, route) -> versions.put(
                            version,
                            new Desired.Registered(route.modelSha256(), route.manifestSha256(), slot.signature())));
            slots.put(slot.name(), new Slot(slot.signature(), Set.copyOf(champions), List.of(), versions));
        }
        return new Wanted(table.version(), slots);
    }

    static Wanted of(long version, Collection<FolderModel> models) {
        var slots = new LinkedHashMap<String, Slot>();
        for (FolderModel model : models) {
            slots.put(model.name(), new Slot(null, Set.of(), model.preferred(), new LinkedHashMap<>(model.versions())));
        }
        return new Wanted(version, slots);
    }

    /** All versions of all slots, by their names. */
    Map<Desired.Key, Desired> versions() {
        var all = new LinkedHashMap<Desired.Key, Desired>();
        slots.forEach((slot, declared) -> declared.versions().forEach((version, source) -> {
            var key = new Desired.Key(slot, version);
            all.put(key, new Desired(key, source));
        }));
        return all;
    }

    /** The digests of every file that a control plane's registry is asked for. */
    Set<String> artefacts() {
        return slots.values().stream()
                .flatMap(slot -> slot.versions().values().stream())
                .flatMap(source -> switch (source) {
                    case Desired.Registered registered ->
                        Stream.of(registered.modelSha256(), registered.manifestSha256());
                    case ModelFile _ -> Stream.of();
                })
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
