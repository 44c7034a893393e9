package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a region came to its end.
 *
 * @param at when it was acted upon, event time; null if a replay's clock had not been set
 * @param decidedAt the time that the look which decided speaks of; null if a person decided
 * @param look the look which decided; null if a person decided
 * @param by who
 * @param why in words
 */
public record Ending(
        @Nullable Instant at,
        @Nullable Instant decidedAt,
        @Nullable String look,
        Actor by,
        @Nullable String why) {
    /** A person's act. */
    static Ending byHand(@Nullable Instant at, Cause cause) {
        return new Ending(at, null, null, cause.actor(), cause.why());
    }

    /** Whether the policy decided, not a person. */
    public boolean byPolicy() {
        return look != null;
    }
}
