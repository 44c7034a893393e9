package dev.ringside.experiments.retirement;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Experiments.Held;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Overrides;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What names the versions of a slot now, in words by version: what serves, what runs, what is held back, what is planned. */
public final class VersionUse {
    private final Map<String, List<String>> uses = new TreeMap<>();

    private VersionUse() {}

    /** Whatever names a version of a slot. */
    public static Map<String, List<String>> of(Tx tx, SlotDocument slot) {
        var use = new VersionUse();
        Map<String, String> champions = Champions.pointers(tx, slot.name());
        champions.forEach((segment, version) -> use.add(
                version,
                segment.equals(Champions.DEFAULT) ? "it is the default champion" : "it is champion of " + segment));
        if (!champions.containsKey(Champions.DEFAULT)) {
            use.add(slot.defaultChampion(), "the slot's document names it");
        }
        for (UnitOverride override : Overrides.list(tx, slot.name())) {
            use.add(override.version(), "unit '" + override.unit() + "' is sent to it");
        }
        for (Held held : Experiments.holding(tx, slot.name())) {
            use.held(held);
        }
        for (ExperimentDocument document : Experiments.planned(tx, slot.name())) {
            document.arms().forEach(arm -> use.add(arm.version(), "experiment '" + document.name() + "' names it"));
        }
        return use.uses;
    }

    private void held(Held held) {
        String where = " in " + held.region().segment() + " by experiment '" + held.experiment() + "'";
        switch (held.region()) {
            case Region.Running running -> arms(running.current().arms(), "it is compared" + where);
            case Region.Paused paused -> arms(paused.last().current().arms(), "it is paused" + where);
            case EndedRegion.Promoted promoted -> {
                Holdback holdback = promoted.holdback();
                if (holdback != null) {
                    arms(holdback.epoch().arms(), "it is held back, or compared with that," + where);
                }
            }
            case Region.Waiting w -> {}
            case EndedRegion.RolledBack r -> {}
            case EndedRegion.Inconclusive i -> {}
            case EndedRegion.Stopped s -> {}
        }
    }

    private void arms(List<RoutingRow.Arm> arms, String how) {
        arms.forEach(arm -> add(arm.version(), how));
    }

    private void add(@Nullable String version, String how) {
        if (version != null) {
            uses.computeIfAbsent(version, v -> new ArrayList<>()).add(how);
        }
    }
}
