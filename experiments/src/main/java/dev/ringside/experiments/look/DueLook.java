package dev.ringside.experiments.look;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next look of a series. What it is about follows from the look before it, however far the clock went in between: so
 * what is decided does not depend on when anybody looked.
 *
 * @param series whose
 * @param at its time, event time: all that it needs is known when every partition has passed it
 * @param cohort the start of the primary's cohort that closes then; null if none does
 * @param week the number of the week since the start that closes with that cohort; null if none does, or if it is no look
 *     for promotion
 * @param last whether no look for promotion comes after it
 */
record DueLook(
        Series series,
        Instant at,
        @Nullable Instant cohort,
        @Nullable Integer week,
        boolean last) {
    /**
     * Cohorts that end later are not summed: each KPI takes those of the same weeks as the primary. Null where it sums all
     * that has closed.
     */
    @Nullable
    Instant upTo() {
        return week == null || last || cohort == null
                ? null
                : cohort.plus(series.primary().cohort());
    }
}
