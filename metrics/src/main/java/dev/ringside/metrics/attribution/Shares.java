package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.Moments;
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
    private final long hash;
    private final List<InCell> cells;
    private final List<InArm> arms;

    private record InCell(CellKey key, long closes, long micros) {}

    private record InArm(ArmKey key, long closes, ArmCounts counts) {}

    private Shares(long hash, List<InCell> cells, List<InArm> arms) {
        this.hash = hash;
        this.cells = cells;
        this.arms = arms;
    }

    static Shares of(Unit unit, Rules rules) {
        var cells = new ArrayList<InCell>();
        var arms = new ArrayList<InArm>();
        for (Enrolment enrolment : unit.enrolments()) {
            if (enrolment instanceof Enrolment.Open open) {
                EpochRules epoch = rules.of(open);
                long exposure = open.exposure();
                long settled = epoch.settled(exposure);
                boolean withOutcome = false;
                for (Kpi kpi : epoch.kpis()) {
                    withOutcome |= UnitValue.any(kpi, exposure, unit.outcomes());
                    OptionalLong value = UnitValue.of(kpi, exposure, unit.outcomes());
                    if (value.isPresent()) {
                        cells.add(new InCell(cell(open, kpi), kpi.closes(exposure), value.getAsLong()));
                    }
                }
                var counts = new ArmCounts(
                        1,
                        open.crossed(settled) ? 1 : 0,
                        open.fellBack(settled) ? 1 : 0,
                        withOutcome ? 1 : 0,
                        0,
                        0,
                        unit.hash());
                arms.add(new InArm(arm(open, epoch), settled, counts));
            }
        }
        return new Shares(unit.hash(), cells, arms);
    }

    /** The arm's cohort that a unit belongs to. */
    static ArmKey arm(Enrolment enrolment, EpochRules epoch) {
        return new ArmKey(
                enrolment.experiment(),
                enrolment.epoch(),
                enrolment.segment(),
                enrolment.variant(),
                Nanos.instant(epoch.cohort(enrolment.exposure())));
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
        Map<CellKey, Moments> inCells = new LinkedHashMap<>();
        for (InCell old : before.cells) {
            inCells.put(old.key, Moments.NONE.minus(Moments.ofUnit(before.hash, old.micros)));
        }
        for (InCell now : cells) {
            inCells.merge(now.key, Moments.ofUnit(hash, now.micros), Moments::plus);
        }
        Map<ArmKey, ArmCounts> inArms = new LinkedHashMap<>();
        for (InArm old : before.arms) {
            inArms.put(old.key, ArmCounts.NONE.minus(old.counts));
        }
        for (InArm now : arms) {
            inArms.merge(now.key, now.counts, ArmCounts::plus);
        }
        for (List<InCell> either : List.of(before.cells, cells)) {
            for (InCell share : either) {
                Moments change = inCells.remove(share.key);
                if (change != null && share.closes > then && !change.equals(Moments.NONE)) {
                    sums.plus(share.key, share.closes, change);
                }
            }
        }
        for (List<InArm> either : List.of(before.arms, arms)) {
            for (InArm share : either) {
                ArmCounts change = inArms.remove(share.key);
                if (change != null && share.closes > then && !change.equals(ArmCounts.NONE)) {
                    sums.plus(share.key, share.closes, change, horizon);
                }
            }
        }
    }
}
