package dev.ringside.metrics.attribution;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.metrics.attribution.ArmSum.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** An epoch's definition made ready for reckoning: its durations in nanoseconds, its values in micro-units. */
final class EpochRules {
    private final String slot;
    private final long cohortLength;
    private final List<Kpi> kpis;

    EpochRules(EpochDefinition definition) {
        this.slot = definition.slot();
        this.cohortLength = Nanos.of(definition.cohort());
        this.kpis = definition.kpis().stream().map(Kpi::of).toList();
    }

    /** The slot whose predictions expose units. */
    String slot() {
        return slot;
    }

    List<Kpi> kpis() {
        return kpis;
    }

    /** The start of the arm's cohort that a first exposure falls in. */
    long cohort(long exposure) {
        return Nanos.floor(exposure, cohortLength);
    }

    /** When the cohort that starts then is final: its exposures, and its counts. */
    Span span(long cohort) {
        return new Span(cohort + cohortLength, settled(cohort));
    }

    /** When everything about a unit first exposed then is settled: its last cell closes. Grows with the exposure. */
    long settled(long exposure) {
        long cohort = cohort(exposure);
        long last = kpis.isEmpty() ? cohort + cohortLength : Nanos.NEVER;
        for (Kpi kpi : kpis) {
            last = Math.max(last, kpi.closes(cohort));
        }
        return last;
    }

    /** When the first cell of a unit first exposed then closes: from then on no unit can be counted in. */
    long firstClose(long exposure) {
        long cohort = cohort(exposure);
        long first = settled(exposure);
        for (Kpi kpi : kpis) {
            first = Math.min(first, kpi.closes(cohort));
        }
        return first;
    }

    /** Whether an outcome lies in the window of a KPI that reads it, and came too late for every such one. */
    boolean late(long exposure, OutcomeFact fact) {
        boolean late = false;
        for (Kpi kpi : kpis) {
            if (kpi.claims(exposure, fact)) {
                if (kpi.inTime(exposure, fact)) {
                    return false;
                }
                late = true;
            }
        }
        return late;
    }

    /**
     * A KPI's rules.
     *
     * @param cap in micro-units
     */
    record Kpi(
            String name,
            String outcome,
            KpiDefinition.Kind kind,
            KpiDefinition.Combine combine,
            KpiDefinition.Missing missing,
            long cohortLength,
            long window,
            long grace,
            long cap) {
        /** How far a sender's clock may run before the router's. */
        static final long EARLY = 5 * Nanos.SECOND;

        static Kpi of(KpiDefinition kpi) {
            Double cap = kpi.winsorCap();
            return new Kpi(
                    kpi.name(),
                    kpi.outcome(),
                    kpi.kind(),
                    kpi.combine(),
                    kpi.missing(),
                    Nanos.of(kpi.cohort()),
                    Nanos.of(kpi.window()),
                    Nanos.of(kpi.grace()),
                    cap == null ? Long.MAX_VALUE : micros(cap));
        }

        private static long micros(double value) {
            BigDecimal micros = BigDecimal.valueOf(value).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
            return micros.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
        }

        long cohort(long exposure) {
            return Nanos.floor(exposure, cohortLength);
        }

        /** When the cell of a first exposure closes. */
        long closes(long exposure) {
            return cohort(exposure) + cohortLength + window + grace;
        }

        /** Whether an outcome's time lies in the window after a first exposure. */
        boolean inWindow(long exposure, long time) {
            return -EARLY <= time - exposure && time - exposure < window;
        }

        /** Whether an outcome came early enough, by its receipt and by its place in the log. */
        boolean inTime(long exposure, OutcomeFact fact) {
            return fact.receivedAt() < exposure + window + grace && fact.effective() < closes(exposure);
        }

        /** Whether an outcome, if it comes in time, is one that this KPI reads. */
        boolean claims(long exposure, OutcomeFact fact) {
            return fact.name().equals(outcome) && inWindow(exposure, fact.time());
        }
    }
}
