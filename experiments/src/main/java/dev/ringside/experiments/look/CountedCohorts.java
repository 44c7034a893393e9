package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cohorts of a KPI count in a comparison: those that end before its time is up, and whose units had what they were
 * assigned for as long as the KPI's window. A unit that loses its arm in mid-window would count as one of that arm without
 * having been treated as one.
 *
 * @param kpi whose cohorts
 * @param comparison of one region
 * @param maxDuration how long a comparison enrols units that count
 */
record CountedCohorts(KpiDefinition kpi, Comparison comparison, Duration maxDuration) {
    /** The start of the first cohort: routers have clocks of their own, so it is not asked when an epoch opened. */
    Instant first() {
        return EpochDefinition.floor(comparison.startedAt(), kpi.cohort());
    }

    /** The start of the last cohort that counts in an epoch; before {@link #first()} if none does. */
    Instant last(RowEpoch epoch) {
        Instant closedAt = comparison.closedAt(epoch);
        Instant until = countsUntil(epoch);
        return lastEndingBy(closedAt == null ? until : earlier(until, closedAt.minus(kpi.window())));
    }

    /** The start of the last cohort that would count in an epoch if it went on to the end of its time. */
    Instant planned(RowEpoch epoch) {
        return lastEndingBy(countsUntil(epoch));
    }

    /**
     * The start of the last cohort that a look sums.
     *
     * @param at the look's time; what had not closed by then is open
     * @param upTo cohorts that end later are not asked for; null for no bound
     */
    Instant last(RowEpoch epoch, Instant at, @Nullable Instant upTo) {
        Instant closed = lastEndingBy(at.minus(kpi.window()).minus(kpi.grace()));
        Instant last = earlier(last(epoch), closed);
        return upTo == null ? last : earlier(last, lastEndingBy(upTo));
    }

    /**
     * The cohorts of an epoch that are left out because its treatment was cut short within their window.
     *
     * @param at only of what was done before
     * @return the start of the first of them; null if there are none
     */
    @Nullable
    Instant firstCutShort(RowEpoch epoch, Instant at) {
        Instant closedAt = comparison.closedAt(epoch);
        if (closedAt == null || !closedAt.isBefore(at)) {
            return null;
        }
        Instant next = last(epoch).plus(kpi.cohort());
        Instant opened = EpochDefinition.floor(epoch.openedAt(), kpi.cohort());
        Instant cut = next.isBefore(opened) ? opened : next;
        boolean counted = !cut.plus(kpi.cohort()).isAfter(countsUntil(epoch));
        return counted && cut.isBefore(closedAt) ? cut : null;
    }

    /** When a comparison's time is up, event time. */
    Instant countsUntil(RowEpoch epoch) {
        Instant until = epoch.countsUntil();
        Instant longest = comparison.startedAt().plus(maxDuration);
        return until == null ? longest : until;
    }

    private Instant lastEndingBy(Instant time) {
        return EpochDefinition.floor(time, kpi.cohort()).minus(kpi.cohort());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
