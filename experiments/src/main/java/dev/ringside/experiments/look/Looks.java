package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.decision.DecisionScope;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.LookRecord;
import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes the looks that are due and does what they decide. The look, the region's end, the champion's pointer, the audit
 * and the table to be published are one transaction, so a crash leaves all of it or nothing, and a look is made once.
 */
public final class Looks {
    private final Store store;
    private final KpiLedger ledger;
    private final EvidenceReader evidence;
    private final Lifecycle lifecycle;
    private final Readiness readiness;
    private final Fleet fleet;
    private final AuditLog audit;
    private final EventClock events;
    private final Clock wall;
    private final String softwareVersion;
    private final LongAdder made = new LongAdder();
    private volatile Map<String, String> held = Map.of();

    /**
     * @param readiness a promotion waits until its version is ready
     * @param fleet while a router's spool is full no look is made: units that belong into it may be missing
     * @param wall the machine's clock
     * @param softwareVersion is written into each record
     */
    public Looks(
            Store store,
            KpiLedger ledger,
            Lifecycle lifecycle,
            Readiness readiness,
            Fleet fleet,
            AuditLog audit,
            EventClock events,
            Clock wall,
            String softwareVersion) {
        this.store = store;
        this.ledger = ledger;
        this.evidence = new EvidenceReader(ledger);
        this.lifecycle = lifecycle;
        this.readiness = readiness;
        this.fleet = fleet;
        this.audit = audit;
        this.events = events;
        this.wall = wall;
        this.softwareVersion = softwareVersion;
    }

    private record Place(String experiment, String segment, Instant due) {}

    private sealed interface Outcome {
        record Made() implements Outcome {}

        record NotDue() implements Outcome {}

        record Waits(String reason) implements Outcome {}
    }

    /** Makes every look that is due, region by region; returns what stands in the way of those that could not be made. */
    public List<String> run() {
        List<Place> places = places();
        List<Place> due = places.stream()
                .filter(place -> ledger.offsets(place.due()).isPresent())
                .toList();
        var waits = new TreeMap<String, String>();
        List<String> spools = fleet.fullSpools();
        for (Place place : due) {
            Optional<String> waitsFor = spools.isEmpty() ? goOn(place) : Optional.of(spools.getFirst());
            waitsFor.ifPresent(reason -> waits.put(key(place.experiment(), place.segment()), reason));
        }
        held = Collections.unmodifiableMap(waits);
        forget(due.isEmpty() ? places : places());
        return waits.entrySet().stream()
                .map(wait -> wait.getKey() + ": " + wait.getValue())
                .toList();
    }

    /** What stood in the way of a region's look at the last run although all of it was counted. */
    public Optional<String> held(String experiment, String segment) {
        return Optional.ofNullable(held.get(key(experiment, segment)));
    }

    private static String key(String experiment, String segment) {
        return experiment + "/" + segment;
    }

    /** How many were made since the start of this process. */
    public long made() {
        return made.sum();
    }

    private Optional<String> goOn(Place place) {
        while (true) {
            switch (store.write(tx -> look(tx, place.experiment(), place.segment()))) {
                case Outcome.Made _ -> made.increment();
                case Outcome.NotDue notDue -> {
                    return Optional.empty();
                }
                case Outcome.Waits waits -> {
                    return Optional.of(waits.reason());
                }
            }
        }
    }

    /** Forgets snapshots that no look will cite; to be called before the ledger is filled, so that it never holds them. */
    public void forget() {
        forget(places());
    }

    private void forget(List<Place> places) {
        // Never past the horizon: a region that begins now may be due before all those that run.
        Instant reached = ledger.horizon().orElseGet(() -> store.read(events::now));
        if (reached != null) {
            ledger.keepFrom(places.stream()
                    .map(Place::due)
                    .filter(due -> due.isBefore(reached))
                    .min(Instant::compareTo)
                    .orElse(reached));
        }
    }

    private List<Place> places() {
        return store.read(tx -> Experiments.open(tx).stream()
                .flatMap(e -> e.running()
                        .map(r -> new Place(
                                e.name(), r.segment(), DueLook.next(tx, e, r).at())))
                .toList());
    }

    private Outcome look(Tx tx, String name, String segment) {
        Experiment experiment = Experiments.get(tx, name);
        if (!(experiment.region(segment) instanceof Region.Running region)) {
            return new Outcome.NotDue();
        }
        DueLook due = DueLook.next(tx, experiment, region);
        Optional<List<Long>> offsets = ledger.offsets(due.at());
        if (offsets.isEmpty()) {
            return new Outcome.NotDue();
        }
        LookRecord record;
        try {
            record = LookRecord.of(
                    design(
                            experiment.document(),
                            experiment.document().kpis(),
                            experiment.document().challenger().variant()),
                    evidence.read(experiment, region, due),
                    byPartition(offsets.get()),
                    modelDigests(tx, experiment, region),
                    softwareVersion);
        } catch (KpiLedger.NotClosed e) {
            return new Outcome.Waits(e.getMessage());
        } catch (IllegalArgumentException e) {
            // What contradicts itself in one region is for a person to mend, and no reason to leave others unprotected.
            return new Outcome.Waits("cannot be decided: " + e.getMessage());
        }
        Verdict verdict = record.decision().verdict();
        if (verdict instanceof Verdict.Promote) {
            Optional<String> missing = readiness.missing(
                    tx, experiment.document().slot(), region.current().challengerVersion());
            if (missing.isPresent()) {
                return new Outcome.Waits("promotion waits: " + missing.get());
            }
        }
        Optional<Look> before = LookStore.latest(tx, name, region);
        Instant now = events.require(tx);
        String id = LookStore.add(tx, record, now, wall.instant());
        tx.touched(name);
        act(tx, experiment, region, record, id, before.map(Look::verdict).orElse("continue"));
        return new Outcome.Made();
    }

    private void act(
            Tx tx, Experiment experiment, Region.Running region, LookRecord record, String look, String before) {
        Verdict verdict = record.decision().verdict();
        var cause = new Cause(Actor.POLICY, verdict.sentence());
        var ending = new Ending(events.now(tx), record.evidence().at(), look, Actor.POLICY, verdict.sentence());
        switch (verdict) {
            case Verdict.Promote p -> lifecycle.promote(tx, experiment, region, ending, cause);
            case Verdict.RollBack r -> lifecycle.harm(tx, experiment, region, ending, cause);
            case Verdict.Inconclusive i -> lifecycle.endInconclusive(tx, experiment, region, ending, cause);
            case Verdict.Continue c -> auditChange(tx, record, look, before);
            case Verdict.Blocked b -> auditChange(tx, record, look, before);
            case Verdict.Pause p -> auditChange(tx, record, look, before);
        }
    }

    private void auditChange(Tx tx, LookRecord record, String look, String before) {
        Verdict verdict = record.decision().verdict();
        if (!verdict.name().equals(before)) {
            audit.record(
                    tx,
                    new Cause(Actor.POLICY, verdict.sentence()),
                    "region.verdict",
                    "experiment/" + record.evidence().experiment() + "/"
                            + record.evidence().scope().text(),
                    Map.of("before", before, "after", verdict.name(), "look", look));
        }
    }

    /** The design of a comparison by some KPIs, with the name that its challenger has in it: a later one may have others. */
    static Design design(ExperimentDocument document, List<KpiDefinition> kpis, String challenger) {
        return Design.of(
                kpis,
                DecisionScope.REGION,
                (int) document.segments().count(),
                document.maxDuration(),
                ExperimentDocument.CONTROL,
                challenger,
                1);
    }

    private static Map<Integer, Long> byPartition(List<Long> offsets) {
        var map = new TreeMap<Integer, Long>();
        for (int i = 0; i < offsets.size(); i++) {
            map.put(i, offsets.get(i));
        }
        return map;
    }

    private static Map<String, String> modelDigests(Tx tx, Experiment experiment, Region.Running region) {
        var digests = new TreeMap<String, String>();
        String slot = experiment.document().slot();
        for (RoutingRow.Arm arm : region.current().arms()) {
            digests.put(arm.version(), Versions.route(tx, slot, arm.version()).modelSha256());
        }
        return digests;
    }
}
