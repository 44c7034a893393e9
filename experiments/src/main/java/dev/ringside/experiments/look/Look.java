package dev.ringside.experiments.look;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A look that was made, with its place in the store.
 *
 * @param id its name, for ever
 * @param experiment whose
 * @param segment the region; {@code wave 2} for a look at a wave
 * @param question what it was made for: {@code watch} (harm and gate), {@code promotion}, {@code holdback}; {@code region}
 *     of policy region/1, which asked all in one
 * @param madeAt when, in event time: that of the step or barrier that made it
 * @param madeWall when, by the machine's clock
 * @param record what was known and decided
 */
public record Look(
        String id,
        String experiment,
        String segment,
        String question,
        Instant madeAt,
        Instant madeWall,
        LookRecord record) {
    /** The name of its verdict. */
    public String verdict() {
        return record.decision().verdict().name();
    }

    /** The time that it speaks of. */
    public Instant at() {
        return record.evidence().at();
    }

    /** The start of the cohort of the primary KPI that closed then; null if none did. */
    public @Nullable Instant cohort() {
        return record.evidence().cohort();
    }
}
