package dev.ringside.experiments.experiment;

import dev.ringside.contract.routing.RoutingRow.Arm;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One epoch of a region: while it lasts the split is fixed.
 *
 * @param epoch its number, counted over the whole experiment
 * @param openedAt since when units are enrolled in it, event time
 * @param fresh it compares something else than the epoch before (other versions, other names of arms, other KPIs, a new start), so nothing
 *     counted before it says anything about it
 * @param coverageMillionths which share of the segment's units is in
 * @param arms the control first
 * @param reason why it was opened, in words
 */
public record RowEpoch(
        int epoch, Instant openedAt, boolean fresh, int coverageMillionths, List<Arm> arms, String reason) {
    /** Copies the list. */
    public RowEpoch {
        arms = List.copyOf(arms);
    }

    /** The version that is champion while this epoch lasts. */
    public String controlVersion() {
        return arms.getFirst().version();
    }

    /** The version that challenges it. */
    public String challengerVersion() {
        return arms.getLast().version();
    }

    RowEpoch covering(int millionths) {
        return new RowEpoch(epoch, openedAt, fresh, millionths, arms, reason);
    }

    /** Whether the same versions are compared under the same names, whatever the split. */
    boolean comparesWith(RowEpoch other) {
        return compared().equals(other.compared());
    }

    private List<Map.Entry<String, String>> compared() {
        return arms.stream().map(arm -> Map.entry(arm.variant(), arm.version())).toList();
    }
}
