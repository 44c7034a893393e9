package dev.ringside.experiments.look;

import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.LookRecord;
import java.time.Instant;
import java.util.Objects;

/**
 * A look that was made, with its place in the store.
 *
 * @param id its name, for ever
 * @param experiment whose
 * @param segment the region
 * @param madeAt when, in event time: that of the step or barrier that made it
 * @param madeWall when, by the machine's clock
 * @param record what was known and decided
 */
public record Look(String id, String experiment, String segment, Instant madeAt, Instant madeWall, LookRecord record) {
    /** The name of its verdict. */
    public String verdict() {
        return record.decision().verdict().name();
    }

    /** The closing that it speaks of. */
    public Instant at() {
        return record.evidence().at();
    }

    /** The start of the cohort whose closing it waited for. */
    public Instant cohort() {
        return cohort(record.evidence());
    }

    static Instant cohort(Evidence evidence) {
        return Objects.requireNonNull(evidence.cohort(), "the look of " + evidence.at() + " waited for no cohort");
    }
}
