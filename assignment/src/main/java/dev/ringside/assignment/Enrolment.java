package dev.ringside.assignment;

import dev.ringside.contract.routing.RoutingRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one routing row enrols units: who is covered, and who is in which arm. */
final class Enrolment {
    private final RoutingRow row;
    private final UnitHash coverage;
    private final UnitHash variant;
    private final @Nullable HeldBack heldBack;
    private final long totalWeight;
    private final List<Assignment.Enrolled> outcomes;
    private final Assignment.NotCovered notCovered;

    Enrolment(RoutingRow row, UnitHash coverage) {
        this.row = row;
        this.coverage = coverage;
        RoutingRow.Holdback holdback = row.holdback();
        this.variant = UnitHash.variant(row.salt(), holdback == null ? row.epoch() : holdback.assignedBy());
        this.heldBack = holdback == null
                ? null
                : new HeldBack(UnitHash.holdback(row.salt(), row.epoch()), holdback.ofControlMillionths());
        long total = row.arms().stream().mapToLong(RoutingRow.Arm::weight).sum();
        this.totalWeight = total;
        this.outcomes = row.arms().stream()
                .map(arm -> new Assignment.Enrolled(row, arm, propensity(arm, total)))
                .toList();
        this.notCovered = new Assignment.NotCovered(row);
    }

    Assignment assign(String unit) {
        if (!covers(coverage.of(unit), row.coverageMillionths())) {
            return notCovered;
        }
        int arm = arm(variant.of(unit), row.arms(), totalWeight);
        boolean control = arm == 0;
        return heldBack != null && control && !heldBack.keeps(unit) ? notCovered : outcomes.get(arm);
    }

    private double propensity(RoutingRow.Arm arm, long total) {
        double share = (double) arm.weight() / total;
        boolean control = arm.equals(row.arms().getFirst());
        return heldBack != null && control ? share * heldBack.millionths() / RoutingRow.ALL : share;
    }

    /** Which of the units that were control keep the old champion. */
    private record HeldBack(UnitHash hash, int millionths) {
        boolean keeps(String unit) {
            return UnitHash.scale(hash.of(unit), RoutingRow.ALL) < millionths;
        }
    }

    /** A unit once covered stays covered while the share only grows. */
    static boolean covers(long hash, int millionths) {
        return UnitHash.scale(hash, RoutingRow.ALL) < millionths;
    }

    /** Which arm a hash falls in: the arms divide 2⁶⁴ in their order, in proportion to their weights. */
    static int arm(long hash, List<RoutingRow.Arm> arms, long totalWeight) {
        long left = UnitHash.scale(hash, totalWeight);
        int i = 0;
        while (left >= arms.get(i).weight()) {
            left -= arms.get(i).weight();
            i++;
        }
        return i;
    }
}
