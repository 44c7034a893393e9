package dev.ringside.experiments.view;

import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Overrides;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A slot as it stands: its document, with what has come since.
 *
 * @param defaultChampion the version for segments without a champion of their own; null while there is none
 * @param champions the champion of each segment that has its own
 * @param versions registered
 */
public record SlotView(
        String name,
        String unitType,
        String segmentAttribute,
        List<String> segments,
        Signature signature,
        Duration deadline,
        String layerSalt,
        ContentLog log,
        @Nullable FeatureSource features,
        @Nullable RequestLimit limits,
        @Nullable AnswerReuse cache,
        @Nullable String defaultChampion,
        Map<String, String> champions,
        List<String> versions,
        List<UnitOverride> overrides) {

    /** The view of a slot. */
    public static SlotView of(Tx tx, SlotDocument slot) {
        Map<String, String> champions = new TreeMap<>(Champions.pointers(tx, slot.name()));
        String defaultChampion = champions.remove(Champions.DEFAULT);
        return new SlotView(
                slot.name(),
                slot.unitType(),
                slot.segmentAttribute(),
                slot.segments(),
                slot.signature(),
                slot.deadline(),
                slot.layerSalt(),
                slot.log(),
                slot.features(),
                slot.limits(),
                slot.cache(),
                defaultChampion,
                champions,
                Versions.names(tx, slot.name()),
                Overrides.list(tx, slot.name()));
    }
}
