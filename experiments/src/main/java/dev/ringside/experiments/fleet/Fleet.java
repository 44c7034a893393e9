package dev.ringside.experiments.fleet;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.store.Changes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The last report of every process, as the topic {@code fleet} says. Thread-safe. */
public final class Fleet {
    /** The role of a process that answers predictions. */
    public static final String ROUTER = "router";
    /** The role of a process that takes in outcomes. */
    public static final String INGEST = "ingest";
    /** The role of a process that runs models. */
    public static final String SERVING = "serving";

    private final Clock wall;
    private final Duration timeout;
    private final Changes changes;
    private final Map<String, FleetReport> latest = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<FleetReport> toAudit = new ConcurrentLinkedQueue<>();

    /** @param timeout how old a report may be for its process to count as alive */
    public Fleet(Clock wall, Duration timeout, Changes changes) {
        this.wall = wall;
        this.timeout = timeout;
        this.changes = changes;
    }

    /** Takes in a report; reports of a process come in their order. */
    public void accept(FleetReport report) {
        FleetReport before = latest.put(report.id(), report);
        if (before == null
                || before.boot() != report.boot()
                || !before.breakGlass().equals(report.breakGlass())
                || !Objects.equals(before.breakGlassChanges(), report.breakGlassChanges())) {
            toAudit.add(report);
        }
        if (before == null || !likeness(before).equals(likeness(report))) {
            changes.signal();
        }
    }

    /** A report without what changes each second: time and counters. */
    private static FleetReport likeness(FleetReport report) {
        FleetReport.Spool spool = report.spool();
        return new FleetReport(
                report.id(),
                report.role(),
                report.boot(),
                Instant.EPOCH,
                report.routingVersion(),
                report.clock(),
                report.versions(),
                spool == null ? null : new FleetReport.Spool(0, 0, spool.full()),
                report.breakGlass(),
                report.breakGlassChanges(),
                Map.of(),
                report.stopped(),
                report.standstills());
    }

    /** Every process that ever reported, by id. */
    public List<FleetReport> all() {
        return latest.values().stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** A process's last report, if it ever reported. */
    public Optional<FleetReport> find(String id) {
        return Optional.ofNullable(latest.get(id));
    }

    /** The processes of a role that are alive: not stopped, and heard of within the timeout. */
    public List<FleetReport> live(String role) {
        return all().stream().filter(r -> r.role().equals(role) && isLive(r)).toList();
    }

    /** Whether a process is alive. */
    public boolean isLive(FleetReport report) {
        return !report.stopped() && !report.at().plus(timeout).isBefore(wall.instant());
    }

    /** Live routers that enrol nobody because their spool is full, in sentences. */
    public List<String> fullSpools() {
        var reasons = new ArrayList<String>();
        for (FleetReport router : live(ROUTER)) {
            FleetReport.Spool spool = router.spool();
            if (spool != null && spool.full()) {
                reasons.add("router " + router.id() + "'s spool is full (" + spool.pending()
                        + " events): its units get the champion and are in no experiment");
            }
        }
        return reasons;
    }

    /** Routers and servers that are alive and do not yet act on a routing table of at least this version. */
    public List<FleetReport> behind(long routingVersion) {
        List<FleetReport> behind = new ArrayList<>();
        for (FleetReport report : all()) {
            boolean acts = report.role().equals(ROUTER) || report.role().equals(SERVING);
            if (acts && isLive(report) && report.routingVersion() < routingVersion) {
                behind.add(report);
            }
        }
        return behind;
    }

    ConcurrentLinkedQueue<FleetReport> toAudit() {
        return toAudit;
    }
}
