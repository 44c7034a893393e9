package dev.ringside.assignment;

import dev.ringside.contract.routing.RoutingRow;
import java.util.List;

/** How one routing row enrols units: who is covered, and who is in which arm. */
final class Enrolment {
    private final RoutingRow row;
    private final UnitHash coverage;
    private final UnitHash variant;
    private final long totalWeight;
    private final List<Assignment.Enrolled> outcomes;
    private final Assignment.NotCovered notCovered;

    Enrolment(RoutingRow row, UnitHash coverage) {
        this.row = row;
        this.coverage = coverage;
        this.variant = UnitHash.variant(row.salt(), row.epoch());
        long total = row.arms().stream().mapToLong(RoutingRow.Arm::weight).sum();
        this.totalWeight = total;
        this.outcomes = row.arms().stream()
                .map(arm -> new Assignment.Enrolled(row, arm, (double) arm.weight() / total))
                .toList();
        this.notCovered = new Assignment.NotCovered(row);
    }

    Assignment assign(String unit) {
        if (!covers(coverage.of(unit), row.coverageMillionths())) {
            return notCovered;
        }
        return outcomes.get(arm(variant.of(unit), row.arms(), totalWeight));
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
