package dev.ringside.experiments.slot;

import dev.ringside.experiments.store.Tx;
import java.util.Optional;

/** Whether a version can be pointed at. */
public interface Readiness {
    /**
     * Why a version cannot be pointed at now, as a sentence that says what is missing; empty if it can.
     *
     * @throws dev.ringside.experiments.Refusal if it is not registered
     */
    Optional<String> missing(Tx tx, String slot, String version);
}
