package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.attribution.EpochRules.Kpi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What falls due of a unit as time goes on: its exposures settle, and its outcomes get their final class, event by event.
 *
 * <p>An event is due when no KPI can still want one of its records: 24 hours after the receipt of each, and when every
 * experiment has settled that the unit entered up to then. Records that are received later start afresh: the event id is
 * forgotten. Both moments are functions of the facts before them, so it does not matter how far the horizon jumps.
 */
final class Settlement {
    /** How long after its receipt an outcome waits for a prediction of its unit. */
    static final long PATIENCE = 24 * Nanos.HOUR;

    private static final ArmCounts LATE = new ArmCounts(0, 0, 0, 0, 0, 1, 0);

    private final Rules rules;
    private final Sums sums;
    private final Exposures exposures;

    Settlement(Rules rules, Sums sums, Exposures exposures) {
        this.rules = rules;
        this.sums = sums;
        this.exposures = exposures;
    }

    /** The next time at which something of the unit falls due; {@link Nanos#NO_END} if nothing will. */
    long due(Unit unit) {
        long due = Nanos.NO_END;
        for (Enrolment enrolment : unit.enrolments()) {
            if (enrolment instanceof Enrolment.Open) {
                due = Math.min(due, rules.settled(enrolment));
            }
        }
        for (List<OutcomeFact> event : events(unit)) {
            due = Math.min(due, due(unit, event));
        }
        boolean onlySeen = unit.enrolments().isEmpty() && unit.outcomes().isEmpty();
        return onlySeen && !unit.sightings().isEmpty() ? unit.sightings().last() + Sightings.MEMORY : due;
    }

    /** Does all that is due of a unit, in order of time; what closes at a time closes before an event is forgotten. */
    void settle(Unit unit, long horizon, BiConsumer<OutcomeFact, OutcomeClass> outcomes) {
        for (long due = due(unit); due <= horizon; due = due(unit)) {
            if (!settleExposure(unit, due, horizon) && !settleEvent(unit, due, horizon, outcomes)) {
                unit.sightings(Sightings.NONE);
            }
        }
    }

    private boolean settleExposure(Unit unit, long due, long horizon) {
        for (Enrolment enrolment : unit.enrolments()) {
            if (enrolment instanceof Enrolment.Open open && rules.settled(open) == due) {
                exposures.settle(unit, open, horizon);
                return true;
            }
        }
        return false;
    }

    private boolean settleEvent(Unit unit, long due, long horizon, BiConsumer<OutcomeFact, OutcomeClass> outcomes) {
        for (List<OutcomeFact> event : events(unit)) {
            if (due(unit, event) == due) {
                List<OutcomeFact> records =
                        event.stream().filter(o -> o.effective() < due).toList();
                classify(unit, records, due, horizon, outcomes);
                Shares before = Shares.of(unit, rules);
                unit.forget(records);
                Shares.of(unit, rules).replace(before, sums, due, horizon);
                return true;
            }
        }
        return false;
    }

    /** The unit's outcomes, those of one event together. */
    private static List<List<OutcomeFact>> events(Unit unit) {
        List<OutcomeFact> outcomes = unit.outcomes();
        var events = new ArrayList<List<OutcomeFact>>();
        for (int from = 0, to; from < outcomes.size(); from = to) {
            String id = outcomes.get(from).eventId();
            to = from + 1;
            while (to < outcomes.size() && outcomes.get(to).eventId().equals(id)) {
                to++;
            }
            events.add(outcomes.subList(from, to));
        }
        return events;
    }

    private long due(Unit unit, List<OutcomeFact> event) {
        long due = Nanos.NO_END;
        for (OutcomeFact record : event) {
            due = Math.min(due, record.effective() + PATIENCE);
        }
        for (long before = Nanos.NEVER; before != due; ) {
            before = due;
            for (OutcomeFact record : event) {
                if (record.effective() < due) {
                    long known = record.effective() + PATIENCE;
                    due = Math.max(due, known);
                    for (Enrolment enrolment : unit.enrolments()) {
                        if (enrolment.exposure() < known) {
                            due = Math.max(due, rules.settled(enrolment));
                        }
                    }
                }
            }
        }
        return due;
    }

    /** Gives each record of an event its class; they are in {@link OutcomeFact#ORDER}. */
    private void classify(
            Unit unit,
            List<OutcomeFact> records,
            long due,
            long horizon,
            BiConsumer<OutcomeFact, OutcomeClass> outcomes) {
        Set<OutcomeFact> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Enrolment enrolment : unit.enrolments()) {
            if (isCounted(enrolment)) {
                for (Kpi kpi : rules.of(enrolment).kpis()) {
                    counted.addAll(UnitValue.counted(kpi, enrolment.exposure(), records));
                }
            }
        }
        int top = records.getFirst().revision();
        for (int from = 0, to; from < records.size(); from = to) {
            int revision = records.get(from).revision();
            to = from;
            boolean told = false;
            while (to < records.size() && records.get(to).revision() == revision) {
                if (counted.contains(records.get(to))) {
                    outcomes.accept(records.get(to), OutcomeClass.COUNTED);
                    told = true;
                }
                to++;
            }
            for (OutcomeFact record : records.subList(from, to)) {
                if (counted.contains(record)) {
                    continue;
                }
                OutcomeClass as;
                if (told) {
                    as = OutcomeClass.DUPLICATES;
                } else if (revision < top) {
                    as = OutcomeClass.SUPERSEDED;
                } else {
                    as = rest(unit, record, !counted.isEmpty(), due, horizon);
                }
                outcomes.accept(record, as);
                told = true;
            }
        }
    }

    /** The class of an event's highest revision that counts nowhere. */
    private OutcomeClass rest(Unit unit, OutcomeFact record, boolean earlierCounts, long due, long horizon) {
        if (!unit.knownBefore(due)) {
            return OutcomeClass.UNMATCHED;
        }
        if (record.retraction() && !earlierCounts) {
            return OutcomeClass.SUPERSEDED;
        }
        boolean late = record.retraction();
        for (Enrolment enrolment : unit.enrolments()) {
            EpochRules epoch = rules.of(enrolment);
            long exposure = enrolment.exposure();
            if (isCounted(enrolment) && epoch.kpis().stream().anyMatch(kpi -> kpi.claims(exposure, record))) {
                long cohort = epoch.cohort(exposure);
                sums.plus(Shares.arm(enrolment, cohort), epoch.span(cohort), LATE, horizon);
                late = true;
            }
        }
        return late ? OutcomeClass.LATE : OutcomeClass.OUTSIDE;
    }

    private static boolean isCounted(Enrolment enrolment) {
        return switch (enrolment) {
            case Enrolment.Open open -> true;
            case Enrolment.Settled settled -> settled.counted();
        };
    }
}
