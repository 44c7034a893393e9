package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the looks at a region have proven. It is kept whatever people do afterwards: what serves is another matter.
 *
 * @param proven which way
 * @param look the look that proved it
 * @param at the closing that it speaks of, event time
 */
public record Proof(Proven proven, String look, @Nullable Instant at) {
    /** Which way the challenger differs from the champion. */
    public enum Proven {
        /** In the primary KPI, and no worse in any guardrail than its margin. */
        @JsonProperty("better")
        BETTER,
        /** In the primary KPI, or in a guardrail by more than its margin. */
        @JsonProperty("worse")
        WORSE
    }

    /** What an ending proves if a look at this region decided it; else what was proven before. */
    static @Nullable Proof by(Ending ending, Proven proven, @Nullable Proof before) {
        String look = ending.look();
        return look == null ? before : new Proof(proven, look, ending.decidedAt());
    }
}
