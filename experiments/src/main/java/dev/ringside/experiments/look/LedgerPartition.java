package dev.ringside.experiments.look;

import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of {@code kpi-moments} has said. Cells and arms take effect with the snapshot that follows them. Owned
 * by the ledger, under its lock.
 */
final class LedgerPartition {
    private static final ExperimentCells NOTHING = new ExperimentCells();

    private final List<KpiMessage> unsettled = new ArrayList<>();
    private final Map<String, ExperimentCells> experiments = new HashMap<>();
    private final Deque<Reached> reached = new ArrayDeque<>();
    private @Nullable Snapshot latest;
    private long readTo = -1;

    /** The horizon that a snapshot reached, and the prefix of {@code unit-events} that it speaks of. */
    private record Reached(Instant horizon, long offset) {}

    /** Which epochs of an experiment are kept. */
    interface Kept {
        boolean isKept(String experiment, int epoch);
    }

    /**
     * Takes in a record; one that comes again is dropped.
     *
     * @param offset of the record
     * @param kept what of others is dropped
     * @param keptFrom snapshots of earlier horizons are not remembered
     * @return whether it has settled something
     */
    boolean take(KpiMessage message, long offset, Kept kept, Instant keptFrom) {
        if (offset <= readTo) {
            return false;
        }
        readTo = offset;
        if (!(message instanceof Snapshot snapshot)) {
            unsettled.add(message);
            return false;
        }
        unsettled.forEach(each -> settle(each, kept));
        unsettled.clear();
        latest = snapshot;
        Reached last = reached.peekLast();
        boolean further = last == null || snapshot.horizon().isAfter(last.horizon());
        if (further && !snapshot.horizon().isBefore(keptFrom)) {
            reached.addLast(new Reached(snapshot.horizon(), snapshot.offset()));
        }
        return true;
    }

    private void settle(KpiMessage message, Kept kept) {
        switch (message) {
            case KpiMessage.Cell cell -> {
                if (kept.isKept(cell.key().experiment(), cell.key().epoch())) {
                    cells(cell.key().experiment()).put(cell);
                }
            }
            case KpiMessage.Arm arm -> {
                if (kept.isKept(arm.key().experiment(), arm.key().epoch())) {
                    cells(arm.key().experiment()).put(arm);
                }
            }
            case Snapshot snapshot -> throw new IllegalArgumentException("a snapshot settles others");
        }
    }

    private ExperimentCells cells(String experiment) {
        return experiments.computeIfAbsent(experiment, e -> new ExperimentCells());
    }

    /** What was counted of an experiment. */
    ExperimentCells of(String experiment) {
        return experiments.getOrDefault(experiment, NOTHING);
    }

    /** The experiments of which something is kept. */
    Set<String> experiments() {
        return experiments.keySet();
    }

    /** Drops what was counted of an experiment. */
    void forget(String experiment) {
        experiments.remove(experiment);
    }

    /** Drops snapshots of earlier horizons. */
    void keepFrom(Instant time) {
        while (!reached.isEmpty() && reached.getFirst().horizon().isBefore(time)) {
            reached.removeFirst();
        }
    }

    /** The last snapshot; null if none has come. */
    @Nullable
    Snapshot latest() {
        return latest;
    }

    /** The offset of {@code unit-events} that the first snapshot at or past a time speaks of; empty until one has come. */
    Optional<Long> offset(Instant time) {
        return reached.stream()
                .filter(snapshot -> !snapshot.horizon().isBefore(time))
                .map(Reached::offset)
                .findFirst();
    }
}
