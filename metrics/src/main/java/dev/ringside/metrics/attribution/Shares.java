package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.metrics.attribution.ArmSum.Span;
import dev.ringside.metrics.attribution.EpochRules.Kpi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one unit adds to the sums, as a function of what is known of it and of nothing else. Whatever changes what is
 * known computes it before and after, and the sums lose the one and gain the other: so the order in which facts come
 * cannot show.
 */
final class Shares {
    private static final ExposureCounts LATE_OUTCOME = new ExposureCounts(0, 0, 0, 0, 1, 0);

    private final long hash;
    private final List<InCell> cells = new ArrayList<>();
    private final List<InArm> arms = new ArrayList<>();
    private final List<Exposed> exposures = new ArrayList<>();

    private record InCell(CellKey key, long closes, long micros) {}

    private record InArm(ArmKey key, Span span, ArmCounts counts) {}

    private record Exposed(ArmKey key, Span span, ExposureCounts counts) {}

    private Shares(long hash) {
        this.hash = hash;
    }

    static Shares of(Unit unit, Rules rules) {
        var shares = new Shares(unit.hash());
        for (Enrolment enrolment : unit.enrolments()) {
            EpochRules epoch = rules.of(enrolment);
            switch (enrolment) {
                case Enrolment.Open open -> {
                    shares.add(open, epoch, unit.outcomes());
                    shares.addLate(open, epoch, unit.outcomes());
                }
                case Enrolment.Settled settled -> {
                    if (settled.counted()) {
                        shares.addLate(settled, epoch, unit.outcomes());
                    }
                }
            }
        }
        return shares;
    }

    private void add(Enrolment.Open open, EpochRules epoch, List<OutcomeFact> outcomes) {
        long exposure = open.exposure();
        long settled = epoch.settled(exposure);
        boolean withOutcome = false;
        for (Kpi kpi : epoch.kpis()) {
            withOutcome |= UnitValue.any(kpi, exposure, outcomes);
            OptionalLong value = UnitValue.of(kpi, exposure, outcomes);
            if (value.isPresent()) {
                cells.add(new InCell(cell(open, kpi), kpi.closes(exposure), value.getAsLong()));
            }
        }
        long crossed = open.crossed(settled);
        long fellBack = open.fellBack(settled);
        long cohort = epoch.cohort(exposure);
        arms.add(new InArm(
                arm(open, cohort),
                epoch.span(cohort),
                new ArmCounts(
                        1,
                        crossed == Nanos.NO_END ? 0 : 1,
                        fellBack == Nanos.NO_END ? 0 : 1,
                        withOutcome ? 1 : 0,
                        0,
                        0,
                        hash)));
        exposed(open, epoch, exposure, new ExposureCounts(1, 0, 0, 0, 0, hash));
        if (crossed != Nanos.NO_END) {
            exposed(open, epoch, crossed, new ExposureCounts(0, 1, 0, 0, 0, 0));
        }
        if (fellBack != Nanos.NO_END) {
            exposed(open, epoch, fellBack, new ExposureCounts(0, 0, 1, 0, 0, 0));
        }
    }

    /**
     * Outcomes that a KPI's window claims and that came in time for none that does. Whether one is such is known when it
     * comes, so it counts when it came; a record that an earlier one of its event makes a copy of, or has replaced, does
     * not.
     */
    private void addLate(Enrolment enrolment, EpochRules epoch, List<OutcomeFact> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            OutcomeFact fact = outcomes.get(i);
            if (epoch.late(enrolment.exposure(), fact) && !precededIn(outcomes, i)) {
                exposed(enrolment, epoch, fact.effective(), LATE_OUTCOME);
            }
        }
    }

    /** Whether a record of the same event, of as high a revision or a higher, came no later. */
    private static boolean precededIn(List<OutcomeFact> outcomes, int at) {
        OutcomeFact fact = outcomes.get(at);
        for (int i = at - 1; i >= 0 && outcomes.get(i).eventId().equals(fact.eventId()); i--) {
            if (outcomes.get(i).effective() <= fact.effective()) {
                return true;
            }
        }
        return false;
    }

    private void exposed(Enrolment enrolment, EpochRules epoch, long time, ExposureCounts counts) {
        long cohort = epoch.cohort(time);
        exposures.add(new Exposed(arm(enrolment, cohort), epoch.span(cohort), counts));
    }

    /** A cohort of the arm that a unit belongs to. */
    static ArmKey arm(Enrolment enrolment, long cohort) {
        return new ArmKey(
                enrolment.experiment(),
                enrolment.epoch(),
                enrolment.segment(),
                enrolment.variant(),
                Nanos.instant(cohort));
    }

    private static CellKey cell(Enrolment enrolment, Kpi kpi) {
        return new CellKey(
                enrolment.experiment(),
                enrolment.epoch(),
                enrolment.segment(),
                enrolment.variant(),
                kpi.name(),
                Nanos.instant(kpi.cohort(enrolment.exposure())));
    }

    /**
     * Puts these shares in the place of those that the unit had before. What has closed by then stays as it is.
     *
     * @param then the time at which the change takes place: the horizon, or when what is forgotten fell due
     * @param horizon where the horizon is
     */
    void replace(Shares before, Sums sums, long then, long horizon) {
        replaceCells(before, sums, then);
        replaceArms(before, sums, then, horizon);
        replaceExposures(before, sums, then, horizon);
    }

    private void replaceCells(Shares before, Sums sums, long then) {
        Map<CellKey, Moments> changes = new LinkedHashMap<>();
        for (InCell old : before.cells) {
            changes.put(old.key, Moments.NONE.minus(Moments.ofUnit(before.hash, old.micros)));
        }
        for (InCell now : cells) {
            changes.merge(now.key, Moments.ofUnit(hash, now.micros), Moments::plus);
        }
        for (List<InCell> either : List.of(before.cells, cells)) {
            for (InCell share : either) {
                Moments change = changes.remove(share.key);
                if (change != null && share.closes > then && !change.equals(Moments.NONE)) {
                    sums.plus(share.key, share.closes, change);
                }
            }
        }
    }

    private void replaceArms(Shares before, Sums sums, long then, long horizon) {
        Map<ArmKey, ArmCounts> changes = new LinkedHashMap<>();
        for (InArm old : before.arms) {
            changes.put(old.key, ArmCounts.NONE.minus(old.counts));
        }
        for (InArm now : arms) {
            changes.merge(now.key, now.counts, ArmCounts::plus);
        }
        for (List<InArm> either : List.of(before.arms, arms)) {
            for (InArm share : either) {
                ArmCounts change = changes.remove(share.key);
                if (change != null && share.span.closes() > then && !change.equals(ArmCounts.NONE)) {
                    sums.plus(share.key, share.span, change, horizon);
                }
            }
        }
    }

    private void replaceExposures(Shares before, Sums sums, long then, long horizon) {
        Map<ArmKey, ExposureCounts> changes = new LinkedHashMap<>();
        for (Exposed old : before.exposures) {
            changes.merge(old.key, ExposureCounts.NONE.minus(old.counts), ExposureCounts::plus);
        }
        for (Exposed now : exposures) {
            changes.merge(now.key, now.counts, ExposureCounts::plus);
        }
        for (List<Exposed> either : List.of(before.exposures, exposures)) {
            for (Exposed share : either) {
                ExposureCounts change = changes.remove(share.key);
                if (change != null && share.span.ends() > then && !change.equals(ExposureCounts.NONE)) {
                    sums.plus(share.key, share.span, change, horizon);
                }
            }
        }
    }
}
