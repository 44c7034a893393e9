package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.Moments;
import dev.ringside.metrics.attribution.EpochRules.Kpi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** How a unit's outcomes become its one value of a KPI. */
final class UnitValue {
    private static final long ONE = 1_000_000L;
    private static final Comparator<OutcomeFact> BY_TIME =
            Comparator.comparingLong(OutcomeFact::time).thenComparing(OutcomeFact::eventId);

    private UnitValue() {}

    /**
     * The outcomes that count for a KPI: of each event the highest revision that came in time, unless that takes the
     * event back, has another name, or lies outside the window.
     *
     * @param outcomes in {@link OutcomeFact#ORDER}
     */
    static List<OutcomeFact> counted(Kpi kpi, long exposure, List<OutcomeFact> outcomes) {
        var counted = new ArrayList<OutcomeFact>(outcomes.size());
        for (OutcomeFact fact : valid(kpi, exposure, outcomes)) {
            if (kpi.claims(exposure, fact)) {
                counted.add(fact);
            }
        }
        return counted;
    }

    /** Whether the unit has an outcome in time and in the window of the KPI, of whatever name. */
    static boolean any(Kpi kpi, long exposure, List<OutcomeFact> outcomes) {
        for (OutcomeFact fact : valid(kpi, exposure, outcomes)) {
            if (kpi.inWindow(exposure, fact.time())) {
                return true;
            }
        }
        return false;
    }

    private static List<OutcomeFact> valid(Kpi kpi, long exposure, List<OutcomeFact> outcomes) {
        var valid = new ArrayList<OutcomeFact>(outcomes.size());
        String decided = null;
        for (OutcomeFact fact : outcomes) {
            if (!fact.eventId().equals(decided) && kpi.inTime(exposure, fact)) {
                decided = fact.eventId();
                if (!fact.retraction()) {
                    valid.add(fact);
                }
            }
        }
        return valid;
    }

    /** The value in micro-units; empty if the unit is none of this KPI's. */
    static OptionalLong of(Kpi kpi, long exposure, List<OutcomeFact> outcomes) {
        List<OutcomeFact> counted = counted(kpi, exposure, outcomes);
        if (counted.isEmpty()) {
            return switch (kpi.missing()) {
                case ZERO -> OptionalLong.of(0);
                case EXCLUDE -> OptionalLong.empty();
            };
        }
        long combined = switch (kpi.combine()) {
            case SUM -> sum(counted);
            case FIRST -> counted.stream().min(BY_TIME).orElseThrow().valueMicros();
            case LAST -> counted.stream().max(BY_TIME).orElseThrow().valueMicros();
            case MAX ->
                counted.stream().mapToLong(OutcomeFact::valueMicros).max().orElseThrow();
            case ANY -> counted.stream().anyMatch(o -> o.valueMicros() > 0) ? ONE : 0;
        };
        return OptionalLong.of(
                switch (kpi.kind()) {
                    case PROPORTION -> combined > 0 ? ONE : 0;
                    case MEAN -> within(Math.min(kpi.cap(), Moments.BOUND), combined);
                });
    }

    /** Exact whatever the order: whole units and micro-units are summed apart, so that neither can overflow. */
    private static long sum(List<OutcomeFact> outcomes) {
        long whole = 0;
        long micros = 0;
        for (OutcomeFact fact : outcomes) {
            whole += fact.valueMicros() / ONE;
            micros += fact.valueMicros() % ONE;
        }
        long limit = 2 * Moments.BOUND / ONE;
        return within(limit, whole + micros / ONE) * ONE + micros % ONE;
    }

    private static long within(long bound, long value) {
        return Math.clamp(value, -bound, bound);
    }
}
