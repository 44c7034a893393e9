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
import org.jspecify.annotations.Nullable;

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
    private record Seen(long boot, Instant reportedAt, Set<String> forced, Instant changesTo) {
        static final Seen NOTHING = new Seen(0, Instant.EPOCH, Set.of(), Instant.EPOCH);

        /** Whether a report was made before the last one that was audited: a control plane that starts reads them again. */
        boolean isAfter(FleetReport report) {
            return report.boot() < boot || (report.boot() == boot && report.at().isBefore(reportedAt));
        }

        /** The changes that are to be audited. */
        List<BreakGlassChange> news(FleetReport report) {
            List<BreakGlassChange> changes = report.breakGlassChanges();
            return changes == null
                    ? List.of()
                    : changes.stream()
                            .filter(change -> change.at().isAfter(changesTo))
                            .toList();
        }
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
        List<BreakGlassChange> changes = before.news(report);
        if (before.isAfter(report) && changes.isEmpty()) {
            return;
        }
        String subject = report.role() + "/" + report.id();
        var itself = new Cause(new Actor(report.id(), false), null);
        if (before.boot() != report.boot()) {
            audit.record(tx, itself, "process.boot", subject, Map.of("boot", report.boot()));
        }
        var forced = new TreeSet<>(before.forced());
        Instant changesTo = before.changesTo();
        for (BreakGlassChange change : changes) {
            record(tx, report, change, subject, forced);
            changesTo = change.at();
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
                INSERT INTO fleet_seen (id, boot, reported_wall, break_glass, break_glass_to) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET boot = excluded.boot, reported_wall = excluded.reported_wall,
                    break_glass = excluded.break_glass, break_glass_to = excluded.break_glass_to""", report.id(), report.boot(), report.at(), String.join(" ", reported), changesTo);
    }

    private static Seen seen(Tx tx, String id) {
        return tx.one(
                        "SELECT * FROM fleet_seen WHERE id = ?",
                        c -> {
                            String forced = c.text("break_glass");
                            return new Seen(
                                    c.number("boot"),
                                    orEpoch(c.instantOrNull("reported_wall")),
                                    forced.isEmpty() ? Set.of() : Set.of(forced.split(" ")),
                                    orEpoch(c.instantOrNull("break_glass_to")));
                        },
                        id)
                .orElse(Seen.NOTHING);
    }

    private static Instant orEpoch(@Nullable Instant time) {
        return time == null ? Instant.EPOCH : time;
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
