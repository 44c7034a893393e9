package dev.ringside.experiments.experiment;

import dev.ringside.contract.routing.RoutingRow.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param attempt which attempt of the same two models in this segment its comparison is, 1 for the first; from the second
 *     on it has less α
 * @param apart whether its comparison began apart from its wave: not with all of it, not in its turn, or again; a promotion
 *     then has its share of α only. Null for no
 * @param countsUntil cohorts that end later are not counted, event time; null for no bound
 * @param closedAt when its units lost what they were assigned, event time; null while they have it, or had it to the end.
 *     Of a closed epoch only cohorts whose window was over by then are counted
 */
public record RowEpoch(
        int epoch,
        Instant openedAt,
        boolean fresh,
        int coverageMillionths,
        List<Arm> arms,
        String reason,
        @Nullable Integer attempt,
        @Nullable Boolean apart,
        @Nullable Instant countsUntil,
        @Nullable Instant closedAt) {
    /** Copies the list; epochs of the first release say nothing of attempts, nor of what began apart. */
    public RowEpoch {
        arms = List.copyOf(arms);
        attempt = attempt == null ? Integer.valueOf(1) : attempt;
        apart = Boolean.TRUE.equals(apart) ? apart : null;
    }

    /** An open epoch of a first attempt that counts without bound. */
    public RowEpoch(int epoch, Instant openedAt, boolean fresh, int coverageMillionths, List<Arm> arms, String reason) {
        this(epoch, openedAt, fresh, coverageMillionths, arms, reason, null, null, null, null);
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
        return new RowEpoch(epoch, openedAt, fresh, millionths, arms, reason, attempt, apart, countsUntil, closedAt);
    }

    /** The first of a comparison of its own: which attempt, whether apart from its wave, and how long it counts. */
    RowEpoch first(int attempt, boolean apart, Duration counts) {
        return new RowEpoch(
                epoch, openedAt, true, coverageMillionths, arms, reason, attempt, apart, openedAt.plus(counts), null);
    }

    /** One more of the comparison that another epoch belongs to. */
    RowEpoch following(RowEpoch before) {
        return new RowEpoch(
                epoch,
                openedAt,
                false,
                coverageMillionths,
                arms,
                reason,
                before.attempt,
                before.apart,
                before.countsUntil,
                null);
    }

    /** Its units lose what they were assigned. */
    RowEpoch closed(Instant at) {
        return closedAt != null
                ? this
                : new RowEpoch(
                        epoch, openedAt, fresh, coverageMillionths, arms, reason, attempt, apart, countsUntil, at);
    }

    /** Whether the same versions are compared under the same names, whatever the split. */
    boolean comparesWith(RowEpoch other) {
        return compared().equals(other.compared());
    }

    private List<Map.Entry<String, String>> compared() {
        return arms.stream().map(arm -> Map.entry(arm.variant(), arm.version())).toList();
    }
}
