package dev.ringside.experiments.look;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.store.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the aggregator has counted, by partition, read from the beginning of the topic {@code kpi-moments} at each start.
 * Cells and arms take effect with the snapshot that follows them, so a half-read transaction is never seen. Thread-safe.
 */
public final class KpiLedger {
    private final Changes changes;
    /** By experiment, the last epoch of which nothing is kept any more. */
    private final Map<String, Integer> settled = new HashMap<>();

    private final List<LedgerPartition> partitions = new ArrayList<>();
    private Instant keptFrom = Instant.MIN;

    /** The aggregator's horizon and its cells contradict each other; nothing can be decided from them. */
    static final class NotClosed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotClosed(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            String message = super.getMessage();
            return message == null ? "" : message;
        }
    }

    /**
     * @param partitions of {@code unit-events}
     * @param changes rings with each snapshot
     */
    public KpiLedger(int partitions, Changes changes) {
        this.changes = changes;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new LedgerPartition());
        }
    }

    /**
     * Takes in a record; each partition's come in their order, and one that comes again is dropped.
     *
     * @param offset of the record in its partition of {@code kpi-moments}
     */
    public void accept(KpiMessage message, long offset) {
        if (message.partition() < 0 || message.partition() >= partitions.size()) {
            throw new IllegalArgumentException("partition: expected 0 to " + (partitions.size() - 1)
                    + " as fixed at install, found " + message.partition());
        }
        if (take(partitions.get(message.partition()), message, offset)) {
            changes.signal();
        }
    }

    private synchronized boolean take(LedgerPartition partition, KpiMessage message, long offset) {
        return partition.take(message, offset, this::isKept, keptFrom);
    }

    private boolean isKept(String experiment, int epoch) {
        return epoch > settled.getOrDefault(experiment, 0);
    }

    /** The experiments of which something is kept. */
    synchronized Set<String> experiments() {
        var names = new TreeSet<String>();
        partitions.forEach(partition -> names.addAll(partition.experiments()));
        return names;
    }

    /** Whether nothing of an experiment will change any more, as far as is known here. */
    synchronized boolean isClosed(String experiment) {
        return partitions.stream()
                .allMatch(partition -> partition.of(experiment).isClosed());
    }

    /** The units of each arm of an experiment, all cohorts and partitions together. */
    synchronized Map<ExperimentCells.ArmPlace, Long> units(String experiment) {
        var units = new HashMap<ExperimentCells.ArmPlace, Long>();
        partitions.forEach(
                partition -> partition.of(experiment).units((arm, count) -> units.merge(arm, count, Long::sum)));
        return units;
    }

    /**
     * Forgets an experiment's epochs up to one, and what is still said of them.
     *
     * @param epoch the last of them
     */
    synchronized void forget(String experiment, int epoch) {
        settled.merge(experiment, epoch, Math::max);
        partitions.forEach(partition -> partition.forget(experiment));
    }

    /**
     * Forgets snapshots that no look will ask for.
     *
     * @param time the least time that a look will still be due at
     */
    public synchronized void keepFrom(Instant time) {
        if (!time.isAfter(keptFrom)) {
            return;
        }
        keptFrom = time;
        partitions.forEach(partition -> partition.keepFrom(time));
    }

    /** The time up to which every partition is counted; empty while a partition has said nothing. */
    public synchronized Optional<Instant> horizon() {
        Instant least = null;
        for (LedgerPartition partition : partitions) {
            Snapshot latest = partition.latest();
            if (latest == null) {
                return Optional.empty();
            }
            Instant horizon = latest.horizon();
            least = least == null || horizon.isBefore(least) ? horizon : least;
        }
        return Optional.ofNullable(least);
    }

    /** Each partition's last snapshot, those that have one. */
    public synchronized List<Snapshot> snapshots() {
        var snapshots = new ArrayList<Snapshot>();
        for (LedgerPartition partition : partitions) {
            Snapshot latest = partition.latest();
            if (latest != null) {
                snapshots.add(latest);
            }
        }
        return snapshots;
    }

    /** Partitions that have no snapshot yet. */
    public synchronized List<Integer> silentPartitions() {
        var silent = new ArrayList<Integer>();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).latest() == null) {
                silent.add(i);
            }
        }
        return silent;
    }

    /**
     * The prefix of {@code unit-events} that a look for a time cites: by partition, the offset of its first snapshot
     * whose horizon is at that time or past it; empty until every partition has one.
     */
    public synchronized Optional<List<Long>> offsets(Instant time) {
        var offsets = new ArrayList<Long>();
        for (LedgerPartition partition : partitions) {
            Optional<Long> first = partition.offset(time);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            offsets.add(first.get());
        }
        return Optional.of(offsets);
    }

    /**
     * The moments of an arm in cohorts that have closed, over all partitions.
     *
     * @param first the start of the first cohort
     * @param last the start of the last, inclusive
     * @throws NotClosed if one of them has not closed
     */
    public synchronized Moments closed(
            String experiment, int epoch, String segment, String variant, String kpi, Instant first, Instant last) {
        return cohorts(experiment, epoch, segment, variant, kpi, first, last).values().stream()
                .reduce(Moments.NONE, Moments::plus);
    }

    /**
     * The moments of an arm in each cohort that has closed and has units, over all partitions.
     *
     * @param first the start of the first cohort
     * @param last the start of the last, inclusive
     * @throws NotClosed if one of them has not closed
     */
    public synchronized NavigableMap<Instant, Moments> cohorts(
            String experiment, int epoch, String segment, String variant, String kpi, Instant first, Instant last) {
        var sums = new TreeMap<Instant, Moments>();
        var place = new ExperimentCells.CellPlace(epoch, segment, variant, kpi);
        for (LedgerPartition partition : partitions) {
            for (var cell : partition.of(experiment).between(place, first, last).entrySet()) {
                require(cell.getValue().closed(), experiment + " " + place + " of " + cell.getKey());
                sums.merge(cell.getKey(), cell.getValue().moments(), Moments::plus);
            }
        }
        return sums;
    }

    /**
     * The counts of an arm in cohorts that are settled, over all partitions.
     *
     * @param first the start of the first cohort
     * @param last the start of the last, inclusive
     * @throws NotClosed if one of them is not settled
     */
    public synchronized ArmCounts closed(
            String experiment, int epoch, String segment, String variant, Instant first, Instant last) {
        ArmCounts sum = ArmCounts.NONE;
        var place = new ExperimentCells.ArmPlace(epoch, segment, variant);
        for (LedgerPartition partition : partitions) {
            for (var arm : partition.of(experiment).between(place, first, last).entrySet()) {
                require(arm.getValue().closed(), experiment + " " + place + " of " + arm.getKey());
                sum = sum.plus(arm.getValue().counts());
            }
        }
        return sum;
    }

    /**
     * What happened to an arm's units in cohorts whose end the horizon has passed, over all partitions.
     *
     * @param first the start of the first cohort
     * @param last the start of the last, inclusive
     * @throws NotClosed if one of them is not complete
     */
    public synchronized ExposureCounts exposures(
            String experiment, int epoch, String segment, String variant, Instant first, Instant last) {
        ExposureCounts sum = ExposureCounts.NONE;
        var place = new ExperimentCells.ArmPlace(epoch, segment, variant);
        for (LedgerPartition partition : partitions) {
            for (var arm : partition.of(experiment).between(place, first, last).entrySet()) {
                sum = sum.plus(complete(arm.getValue(), experiment + " " + place + " of " + arm.getKey()));
            }
        }
        return sum;
    }

    private static ExposureCounts complete(KpiMessage.Arm arm, String what) {
        ExposureCounts exposures = arm.exposures();
        if (exposures != null) {
            require(arm.complete(), what);
            return exposures;
        }
        // From an aggregator of before: final when every KPI has closed.
        require(arm.closed(), what);
        ArmCounts counts = arm.counts();
        return new ExposureCounts(counts.units(), counts.crossed(), counts.fellBack(), 0, 0, counts.unitHashSum());
    }

    /** The moments of an arm in all cohorts, open ones too, as they are now: of no use for a verdict. */
    public synchronized Moments interim(String experiment, int epoch, String segment, String variant, String kpi) {
        var place = new ExperimentCells.CellPlace(epoch, segment, variant, kpi);
        return partitions.stream()
                .flatMap(partition ->
                        partition.of(experiment).between(place, Instant.MIN, Instant.MAX).values().stream())
                .map(ExperimentCells.Counted::moments)
                .reduce(Moments.NONE, Moments::plus);
    }

    /** The counts of an arm in all cohorts, open ones too: of no use for a verdict. */
    public synchronized ArmCounts all(String experiment, int epoch, String segment, String variant) {
        ArmCounts sum = ArmCounts.NONE;
        var place = new ExperimentCells.ArmPlace(epoch, segment, variant);
        for (LedgerPartition partition : partitions) {
            for (KpiMessage.Arm arm : partition
                    .of(experiment)
                    .between(place, Instant.MIN, Instant.MAX)
                    .values()) {
                sum = sum.plus(arm.counts());
            }
        }
        return sum;
    }

    private static void require(boolean closed, String what) {
        if (!closed) {
            throw new NotClosed(what + " has not closed, though every partition's horizon is past its end");
        }
    }
}
