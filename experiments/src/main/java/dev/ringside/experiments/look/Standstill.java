package dev.ringside.experiments.look;

import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Writer;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.fleet.Fleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why looks do not go on: writers that have not marked a time, routers whose spool is full, what one region lacks. */
public final class Standstill {
    private final KpiLedger ledger;
    private final Fleet fleet;
    private final Looks looks;

    /** @param fleet knows the routers' spools, and who was heard of when */
    public Standstill(KpiLedger ledger, Fleet fleet, Looks looks) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.looks = looks;
    }

    /** What a look for this time waits for; empty if it is due. */
    public List<String> before(Instant time) {
        if (ledger.offsets(time).isPresent()) {
            return List.of();
        }
        var reasons = new LinkedHashSet<String>();
        ledger.silentPartitions().forEach(p -> reasons.add("partition " + p + " has no snapshot yet"));
        List<Snapshot> behind = ledger.snapshots().stream()
                .filter(snapshot -> snapshot.horizon().isBefore(time))
                .toList();
        List<String> dead = dead(behind, time);
        if (!dead.isEmpty()) {
            reasons.addAll(dead);
            return List.copyOf(reasons);
        }
        for (Snapshot snapshot : behind) {
            List<Writer> waitedFor = waitedFor(snapshot, time)
                    .filter(writer -> !hasMarked(writer, time))
                    .toList();
            waitedFor.forEach(writer -> reasons.add(silent(writer)));
            if (waitedFor.isEmpty()) {
                reasons.add("partition " + snapshot.partition() + " is counted up to " + snapshot.horizon());
            }
        }
        return List.copyOf(reasons);
    }

    /**
     * Writers that nobody hears of any more. A snapshot is as old as its horizon, so it says of living writers that they
     * are behind too, and knows nothing of one that came and went since: where there are dead ones, they alone are named,
     * those first that a snapshot knows.
     */
    private List<String> dead(List<Snapshot> behind, Instant time) {
        var dead = new ArrayList<String>();
        if (behind.isEmpty()) {
            return dead;
        }
        var known = new HashSet<String>();
        for (Snapshot snapshot : behind) {
            snapshot.writers().forEach(writer -> known.add(writer.writer()));
            waitedFor(snapshot, time)
                    .filter(writer -> fleet.find(writer.writer())
                            .map(r -> !fleet.isLive(r))
                            .orElse(true))
                    .map(this::silent)
                    .forEach(dead::add);
        }
        if (!dead.isEmpty()) {
            return dead;
        }
        for (FleetReport report : fleet.all()) {
            boolean writes = report.role().equals(Fleet.ROUTER) || report.role().equals(Fleet.INGEST);
            if (writes && !report.stopped() && !fleet.isLive(report) && !known.contains(report.id())) {
                dead.add(report.role() + " " + report.id() + " (boot " + report.boot()
                        + ") was last heard of at " + report.at()
                        + ", after the last time that was counted; if it will not come back, retire it");
            }
        }
        return dead;
    }

    private static Stream<Writer> waitedFor(Snapshot snapshot, Instant time) {
        return snapshot.writers().stream().filter(w -> w.open() && !w.leftOut() && isBefore(w.through(), time));
    }

    private boolean hasMarked(Writer writer, Instant time) {
        return fleet.find(writer.writer())
                .filter(fleet::isLive)
                .map(FleetReport::clock)
                .filter(clock -> !clock.isBefore(time))
                .isPresent();
    }

    private String silent(Writer writer) {
        return writer.role() + " " + writer.writer() + " (boot " + writer.boot() + ") "
                + (writer.through() == null ? "has not marked any time" : "is silent since " + writer.through())
                + unheard(writer);
    }

    /** What stands in the way of a region's look or promotion although all of it is counted. */
    public List<String> held(String experiment, String segment) {
        return looks.held(experiment, segment);
    }

    private String unheard(Writer writer) {
        return fleet.find(writer.writer())
                .filter(report -> !fleet.isLive(report))
                .map(report -> " and was last heard of at " + report.at() + "; if it will not come back, retire it")
                .orElse("");
    }

    private static boolean isBefore(@Nullable Instant through, Instant time) {
        return through == null || through.isBefore(time);
    }

    /** Routers that enrol nobody, because their spool is full. */
    public List<String> spools() {
        return fleet.fullSpools();
    }
}
