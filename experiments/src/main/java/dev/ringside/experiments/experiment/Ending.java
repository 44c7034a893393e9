package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a region came to its end, or to a pause.
 *
 * @param at when it was acted upon, event time; null if a replay's clock had not been set
 * @param decidedAt the time that the look which decided speaks of; null if no look at this region decided
 * @param look the look at this region which decided; null if a person did, or harm that was proven elsewhere
 * @param by who
 * @param why in words
 */
public record Ending(
        @Nullable Instant at,
        @Nullable Instant decidedAt,
        @Nullable String look,
        Actor by,
        @Nullable String why) {
    /** An act that no look at this region decided: a person's, or the policy's for harm that was proven elsewhere. */
    static Ending without(@Nullable Instant at, Cause cause) {
        return new Ending(at, null, null, cause.actor(), cause.why());
    }

    /** Whether the policy decided, not a person. */
    public boolean byPolicy() {
        return by.equals(Actor.POLICY);
    }

    /** Whether a look at this region decided. */
    public boolean byLook() {
        return look != null;
    }
}
