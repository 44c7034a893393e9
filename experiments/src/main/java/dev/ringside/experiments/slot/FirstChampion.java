package dev.ringside.experiments.slot;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.util.List;

/** Makes the version that a slot's document names its default champion, once that version is registered and ready. */
public final class FirstChampion {
    private static final Cause CAUSE = new Cause(Actor.POLICY, "the slot's document names it");

    private final Champions champions;
    private final Readiness readiness;

    /** @param readiness says whether a version can be pointed at */
    public FirstChampion(Champions champions, Readiness readiness) {
        this.champions = champions;
        this.readiness = readiness;
    }

    /** Looks at all slots. */
    public void run(Store store) {
        if (store.read(this::due).isEmpty()) {
            return;
        }
        store.write(tx -> {
            for (SlotDocument slot : due(tx)) {
                String version = slot.defaultChampion();
                if (version != null) {
                    champions.point(tx, slot, null, version, null, "champion.first", CAUSE);
                }
            }
            return null;
        });
    }

    private List<SlotDocument> due(Tx tx) {
        return Slots.all(tx).stream().filter(slot -> isDue(tx, slot)).toList();
    }

    private boolean isDue(Tx tx, SlotDocument slot) {
        String version = slot.defaultChampion();
        return version != null
                && !Champions.pointers(tx, slot.name()).containsKey(Champions.DEFAULT)
                && tx.one(
                                "SELECT version FROM versions WHERE slot = ? AND version = ?",
                                c -> c.text("version"),
                                slot.name(),
                                version)
                        .isPresent()
                && readiness.missing(tx, slot.name(), version).isEmpty();
    }
}
