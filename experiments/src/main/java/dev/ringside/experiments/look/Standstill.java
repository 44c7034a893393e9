package dev.ringside.experiments.look;

import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Writer;
import dev.ringside.experiments.fleet.Fleet;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
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
        for (Snapshot snapshot : ledger.snapshots()) {
            if (!snapshot.horizon().isBefore(time)) {
                continue;
            }
            List<Writer> behind = snapshot.writers().stream()
                    .filter(w -> w.open() && !w.leftOut() && isBefore(w.through(), time))
                    .toList();
            behind.forEach(w -> reasons.add(w.role() + " " + w.writer() + " (boot " + w.boot() + ") "
                    + (w.through() == null ? "has not marked any time" : "is silent since " + w.through())
                    + unheard(w)));
            if (behind.isEmpty()) {
                reasons.add("partition " + snapshot.partition() + " is counted up to " + snapshot.horizon());
            }
        }
        return List.copyOf(reasons);
    }

    /** What a region's look for this time waits for. */
    public List<String> before(Instant time, String experiment, String segment) {
        List<String> counting = before(time);
        return counting.isEmpty() ? looks.held(experiment, segment).stream().toList() : counting;
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
