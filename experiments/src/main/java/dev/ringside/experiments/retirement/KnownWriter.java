package dev.ringside.experiments.retirement;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.look.KpiLedger;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A writer of events, as it reported itself and as each partition's last snapshot knows it. A snapshot may be older than
 * the writer's last mark: there is a new one only when the horizon moves.
 *
 * @param id its own
 * @param report its last; null if it never reported
 * @param seen by partition
 */
record KnownWriter(String id, @Nullable FleetReport report, Map<Integer, KpiMessage.Writer> seen) {

    KnownWriter {
        seen = Map.copyOf(seen);
    }

    /** All writers, by their ids. */
    static SortedMap<String, KnownWriter> all(Fleet fleet, KpiLedger ledger) {
        var seen = new TreeMap<String, Map<Integer, KpiMessage.Writer>>();
        for (FleetReport report : fleet.all()) {
            if (report.role().equals(Fleet.ROUTER) || report.role().equals(Fleet.INGEST)) {
                seen.put(report.id(), new HashMap<>());
            }
        }
        for (Snapshot snapshot : ledger.snapshots()) {
            snapshot.writers()
                    .forEach(w -> seen.computeIfAbsent(w.writer(), id -> new HashMap<>())
                            .put(snapshot.partition(), w));
        }
        var all = new TreeMap<String, KnownWriter>();
        seen.forEach((id, partitions) ->
                all.put(id, new KnownWriter(id, fleet.find(id).orElse(null), partitions)));
        return all;
    }

    String role() {
        return report != null
                ? report.role()
                : seen.values().stream()
                        .map(KpiMessage.Writer::role)
                        .findFirst()
                        .orElseThrow();
    }

    Mark.Role markRole() {
        return role().equals(Fleet.ROUTER) ? Mark.Role.ROUTER : Mark.Role.INGEST;
    }

    /** The last start of it that anybody knows: a closing mark of an earlier one would be ignored. */
    long boot() {
        Stream<Long> boots = seen.values().stream().map(KpiMessage.Writer::boot);
        return Stream.concat(boots, Stream.ofNullable(report).map(FleetReport::boot))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** What it has promised in a partition; null for nothing that is known. */
    @Nullable
    Instant through(int partition) {
        KpiMessage.Writer writer = seen.get(partition);
        return writer == null ? null : writer.through();
    }

    /** Whether it is closed in every partition that knows it. */
    boolean isClosed() {
        return !seen.isEmpty()
                && seen.values().stream().noneMatch(KpiMessage.Writer::open)
                && seen.values().stream().anyMatch(w -> w.boot() == boot());
    }

    boolean hasStopped() {
        return report != null && report.stopped();
    }

    /** When it was last heard of, by the wall clock. */
    Optional<Instant> heardOf() {
        return Optional.ofNullable(report).map(FleetReport::at);
    }
}
