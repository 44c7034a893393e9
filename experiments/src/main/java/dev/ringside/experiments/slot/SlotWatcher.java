package dev.ringside.experiments.slot;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.store.Tx;

/** Who must know of a slot's changes within their transaction, and may refuse them. */
public interface SlotWatcher {
    /**
     * The champion of a segment has changed.
     *
     * @param segment a segment, or {@link Champions#DEFAULT} for all that have no champion of their own
     */
    void championChanged(Tx tx, String slot, String segment, Cause cause);

    /** The slot's document is about to change. */
    void slotChanged(Tx tx, SlotDocument before, SlotDocument after, Cause cause);
}
