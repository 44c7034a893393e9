package dev.ringside.experiments.fleet;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.util.Map;
import java.util.Optional;

/**
 * Audits afterwards what happened at processes without the control plane: boots, and what was forced to the champion by
 * break-glass.
 */
public final class FleetAudit {
    private final Fleet fleet;
    private final AuditLog audit;

    /** Audits the reports that a fleet took in. */
    public FleetAudit(Fleet fleet, AuditLog audit) {
        this.fleet = fleet;
        this.audit = audit;
    }

    private record Seen(long boot, String breakGlass) {}

    /** Audits everything that was reported since the last run. */
    public void run(Store store) {
        for (FleetReport report = fleet.toAudit().peek();
                report != null;
                report = fleet.toAudit().peek()) {
            FleetReport current = report;
            store.write(tx -> {
                record(tx, current);
                return null;
            });
            fleet.toAudit().poll();
        }
    }

    private void record(Tx tx, FleetReport report) {
        Optional<Seen> before = tx.one(
                "SELECT boot, break_glass FROM fleet_seen WHERE id = ?",
                c -> new Seen(c.number("boot"), c.text("break_glass")),
                report.id());
        String breakGlass =
                String.join(" ", report.breakGlass().stream().sorted().toList());
        String subject = report.role() + "/" + report.id();
        var cause = new Cause(new Actor(report.id(), false), null);
        if (before.isEmpty() || before.get().boot() != report.boot()) {
            audit.record(tx, cause, "process.boot", subject, Map.of("boot", report.boot()));
        }
        String forcedBefore = before.map(Seen::breakGlass).orElse("");
        if (!forcedBefore.equals(breakGlass)) {
            audit.record(tx, cause, "router.break_glass", subject, Map.of("before", forcedBefore, "after", breakGlass));
        }
        tx.update("""
                INSERT INTO fleet_seen (id, boot, break_glass) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET boot = excluded.boot, break_glass = excluded.break_glass""", report.id(), report.boot(), breakGlass);
    }
}
