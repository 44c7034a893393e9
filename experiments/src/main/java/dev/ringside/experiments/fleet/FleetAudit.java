package dev.ringside.experiments.fleet;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.FleetReport.BreakGlassChange;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Audits afterwards what happened at processes without the control plane: boots, and each change of what is forced to
 * the champion by break-glass, with who and why.
 */
public final class FleetAudit {
    private static final System.Logger LOG = System.getLogger(FleetAudit.class.getName());
    private static final String BREAK_GLASS = "router.break_glass";

    private final Fleet fleet;
    private final AuditLog audit;

    /** Audits the reports that a fleet took in. */
    public FleetAudit(Fleet fleet, AuditLog audit) {
        this.fleet = fleet;
        this.audit = audit;
    }

    /** What was last audited of a process. */
    private record Seen(long boot, Set<String> forced, Instant changesTo) {
        static final Seen NOTHING = new Seen(0, Set.of(), Instant.EPOCH);
    }

    /** Audits everything that was reported since the last run. */
    public void run(Store store) {
        for (FleetReport report = fleet.toAudit().peek();
                report != null;
                report = fleet.toAudit().peek()) {
            FleetReport current = report;
            try {
                store.write(tx -> {
                    record(tx, current);
                    return null;
                });
            } catch (InvalidInput e) {
                // It would never be stored, and must not hold up the looks, which come after it in each step.
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the report of " + current.role() + " " + current.id() + " cannot be audited: "
                                + e.getMessage());
            }
            fleet.toAudit().poll();
        }
    }

    private void record(Tx tx, FleetReport report) {
        Seen before = seen(tx, report.id());
        String subject = report.role() + "/" + report.id();
        var itself = new Cause(new Actor(report.id(), false), null);
        if (before.boot() != report.boot()) {
            audit.record(tx, itself, "process.boot", subject, Map.of("boot", report.boot()));
        }
        var forced = new TreeSet<>(before.forced());
        Instant changesTo = before.changesTo();
        List<BreakGlassChange> changes = report.breakGlassChanges();
        for (BreakGlassChange change : changes == null ? List.<BreakGlassChange>of() : changes) {
            if (change.at().isAfter(changesTo)) {
                record(tx, report, change, subject, forced);
                changesTo = change.at();
            }
        }
        // What no change explains: a router of the release before, or one with more changes than it keeps.
        var reported = new TreeSet<>(report.breakGlass());
        if (!forced.equals(reported)) {
            audit.record(
                    tx,
                    itself,
                    BREAK_GLASS,
                    subject,
                    Map.of("before", String.join(" ", forced), "after", String.join(" ", reported)));
        }
        tx.update("""
                INSERT INTO fleet_seen (id, boot, break_glass, break_glass_to) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET boot = excluded.boot, break_glass = excluded.break_glass,
                    break_glass_to = excluded.break_glass_to""", report.id(), report.boot(), String.join(" ", reported), changesTo);
    }

    private static Seen seen(Tx tx, String id) {
        return tx.one(
                        "SELECT boot, break_glass, break_glass_to FROM fleet_seen WHERE id = ?",
                        c -> {
                            String forced = c.text("break_glass");
                            Instant changesTo = c.instantOrNull("break_glass_to");
                            return new Seen(
                                    c.number("boot"),
                                    forced.isEmpty() ? Set.of() : Set.of(forced.split(" ")),
                                    changesTo == null ? Instant.EPOCH : changesTo);
                        },
                        id)
                .orElse(Seen.NOTHING);
    }

    private void record(Tx tx, FleetReport report, BreakGlassChange change, String subject, Set<String> forced) {
        String by = change.by();
        var cause = new Cause(new Actor(by == null ? report.id() : by, false), change.why());
        String before = String.join(" ", forced);
        if (change.forced()) {
            forced.add(change.place());
        } else {
            forced.remove(change.place());
        }
        audit.record(
                tx,
                cause,
                BREAK_GLASS,
                subject,
                Map.of(
                        "place",
                        change.place(),
                        "forced",
                        change.forced(),
                        "changed_at",
                        change.at(),
                        "before",
                        before,
                        "after",
                        String.join(" ", forced)));
    }
}
