package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * Makes the looks that are due and does what they decide. The looks of an experiment are made in the order of their times,
 * those that watch a region before those that promote: so a wave is promoted knowing what its regions knew then, and what
 * is decided does not depend on when anybody looked. A look, what it does to its region, the audit and the table to be
 * published are one transaction, so a crash leaves all of it or nothing, and a look is made once.
 */
public final class Looks {
    private static final Comparator<DueLook> ORDER =
            Comparator.comparing(DueLook::at).thenComparing(due -> due.series().question());

    private final Store store;
    private final KpiLedger ledger;
    private final EvidenceReader evidence;
    private final LookActs acts;
    private final EventClock events;
    private final Clock wall;
    private final String softwareVersion;
    private final LongAdder made = new LongAdder();
    private volatile Map<String, List<String>> held = Map.of();

    /**
     * @param readiness a promotion waits until its version is ready
     * @param fleet while a router's spool is full nothing is promoted: units that belong into the comparison may be missing
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
        this.acts = new LookActs(lifecycle, readiness, fleet, audit, events);
        this.events = events;
        this.wall = wall;
        this.softwareVersion = softwareVersion;
    }

    /**
     * Makes every look that is due and does what is decided; returns what stands in the way of a look that could not be
     * made, or of a promotion that was decided and could not be done.
     */
    public List<String> run() {
        var waits = new ArrayList<String>();
        var holds = new TreeMap<String, List<String>>();
        var next = new ArrayList<Instant>();
        List<String> holding = store.read(Experiments::holding);
        for (String name : holding) {
            makeAll(name).forEach((series, reason) -> {
                waits.add(key(name, series.place()) + ": " + reason);
                hold(holds, name, series.place(), reason);
            });
            for (LookActs.Held decided : settle(name)) {
                hold(holds, name, decided.segment(), decided.reason());
                if (decided.passing()) {
                    waits.add(key(name, decided.segment()) + ": " + decided.reason());
                }
            }
            store.read(tx -> due(tx, name)).forEach(due -> next.add(due.at()));
        }
        held = Collections.unmodifiableMap(holds);
        forget(next);
        SettledExperiments.settle(store, ledger, Set.copyOf(holding));
        return waits;
    }

    private static void hold(Map<String, List<String>> holds, String experiment, String place, String reason) {
        holds.computeIfAbsent(key(experiment, place), k -> new ArrayList<>()).add(reason);
    }

    /** What stood in the way of a region's look, or of its promotion, at the last run although all of it was counted. */
    public List<String> held(String experiment, String segment) {
        return held.getOrDefault(key(experiment, segment), List.of());
    }

    private static String key(String experiment, String place) {
        return experiment + "/" + place;
    }

    /** How many were made since the start of this process. */
    public long made() {
        return made.sum();
    }

    /** Makes what is due of an experiment; returns the series that cannot go on, and why: they are no reason to leave others unlooked at. */
    private Map<Series.Key, String> makeAll(String name) {
        var stuck = new HashMap<Series.Key, String>();
        while (true) {
            Optional<DueLook> next = store.read(tx -> next(tx, name, stuck));
            if (next.isEmpty()) {
                return stuck;
            }
            Series.Key series = next.get().series().key();
            try {
                if (store.write(tx -> make(tx, name, series, next.get().at()))) {
                    made.increment();
                }
            } catch (KpiLedger.NotClosed e) {
                stuck.put(series, e.getMessage());
            } catch (IllegalArgumentException e) {
                // What contradicts itself in one region is for a person to mend.
                stuck.put(series, "cannot be decided: " + e.getMessage());
            }
        }
    }

    private Optional<DueLook> next(Tx tx, String name, Map<Series.Key, String> stuck) {
        for (DueLook due : due(tx, name)) {
            if (stuck.containsKey(due.series().key())) {
                continue;
            }
            if (ledger.offsets(due.at()).isEmpty()) {
                return Optional.empty();
            }
            Optional<String> member = stuckMember(due, stuck);
            if (member.isPresent()) {
                stuck.put(due.series().key(), member.get());
                continue;
            }
            return Optional.of(due);
        }
        return Optional.empty();
    }

    /** What is promoted must be watched: no promotion is looked at past a look for harm that could not be made. */
    private static Optional<String> stuckMember(DueLook due, Map<Series.Key, String> stuck) {
        return stuck.keySet().stream()
                .filter(other -> due.series().question() == Question.PROMOTION
                        && other.question() == Question.WATCH
                        && due.series().scope().segments().contains(other.place()))
                .map(other -> "the look at " + other.place() + " cannot be made")
                .findFirst();
    }

    /** The next look of each series of an experiment that goes on, in the order in which they are made. */
    private static List<DueLook> due(Tx tx, String name) {
        Experiment experiment = Experiments.get(tx, name);
        return Series.open(experiment, definitions(tx, name)).stream()
                .flatMap(series -> due(tx, series).stream())
                .sorted(ORDER)
                .toList();
    }

    /** The next look of a series; empty if it has come to its end. */
    static Optional<DueLook> due(Tx tx, Series series) {
        Optional<LookStore.Made> latest = LookStore.latest(tx, series.key());
        boolean decided = series.question() == Question.PROMOTION
                && latest.filter(LookStore.Made::ends).isPresent();
        return decided
                ? Optional.empty()
                : new LookTimes(series).next(latest.map(LookStore.Made::at).orElse(null));
    }

    /** The KPIs of an experiment's epochs. */
    static IntFunction<List<KpiDefinition>> definitions(Tx tx, String name) {
        var known = new HashMap<Integer, List<KpiDefinition>>();
        return epoch -> known.computeIfAbsent(
                epoch, e -> Experiments.definition(tx, name, e).kpis());
    }

    private boolean make(Tx tx, String name, Series.Key key, Instant at) {
        Experiment experiment = Experiments.get(tx, name);
        Optional<Series> open = Series.open(experiment, definitions(tx, name)).stream()
                .filter(series -> series.key().equals(key))
                .findFirst();
        Optional<DueLook> due =
                open.flatMap(series -> due(tx, series)).filter(look -> look.at().equals(at));
        Optional<List<Long>> offsets = ledger.offsets(at);
        if (due.isEmpty() || offsets.isEmpty()) {
            return false;
        }
        Optional<LookStore.Made> before = LookStore.latest(tx, key);
        List<KpiHistory> history = key.question() == Question.PROMOTION
                ? before.map(look -> LookStore.history(tx, look)).orElse(List.of())
                : List.of();
        LookRecord record = LookRecord.of(
                due.get().series().design(),
                evidence.read(due.get(), history),
                byPartition(offsets.get()),
                modelDigests(tx, due.get().series()),
                softwareVersion);
        String id = LookStore.add(tx, key.question(), record, events.require(tx), wall.instant());
        tx.touched(name);
        acts.looked(
                tx,
                experiment,
                due.get(),
                record.decision().verdict(),
                id,
                before.map(LookStore.Made::verdict).orElse("continue"));
        if (key.question() == Question.PROMOTION) {
            acts.settle(tx, name, due.get().series(), LookStore.get(tx, id));
        }
        return true;
    }

    /** Does what was decided about promotion where it is not done yet; returns what stands in its way. */
    private List<LookActs.Held> settle(String name) {
        boolean open = store.read(tx -> Series.open(Experiments.get(tx, name), definitions(tx, name)).stream()
                .anyMatch(series -> decided(tx, series).isPresent()));
        return open ? store.write(tx -> settle(tx, name)) : List.of();
    }

    private List<LookActs.Held> settle(Tx tx, String name) {
        var standing = new ArrayList<LookActs.Held>();
        for (Series series : Series.open(Experiments.get(tx, name), definitions(tx, name))) {
            decided(tx, series)
                    .ifPresent(look -> standing.addAll(acts.settle(tx, name, series, LookStore.get(tx, look.id()))));
        }
        return standing;
    }

    private static Optional<LookStore.Made> decided(Tx tx, Series series) {
        return series.question() == Question.PROMOTION
                ? LookStore.latest(tx, series.key()).filter(LookStore.Made::ends)
                : Optional.empty();
    }

    /** Forgets what no look will ask for; to be called before the ledger is filled, so that it never holds them. */
    public void forget() {
        SettledExperiments.forgetAll(store, ledger);
        forget(store.read(tx -> Experiments.holding(tx).stream()
                .flatMap(name -> due(tx, name).stream())
                .map(DueLook::at)
                .toList()));
    }

    private void forget(List<Instant> due) {
        // Never past the horizon: a region that begins now may be due before all those that run.
        Instant reached = ledger.horizon().orElseGet(() -> store.read(events::now));
        if (reached != null) {
            ledger.keepFrom(due.stream()
                    .filter(at -> at.isBefore(reached))
                    .min(Instant::compareTo)
                    .orElse(reached));
        }
    }

    private static Map<Integer, Long> byPartition(List<Long> offsets) {
        var map = new TreeMap<Integer, Long>();
        for (int i = 0; i < offsets.size(); i++) {
            map.put(i, offsets.get(i));
        }
        return map;
    }

    private static Map<String, String> modelDigests(Tx tx, Series series) {
        var digests = new TreeMap<String, String>();
        String slot = series.document().slot();
        for (Comparison member : series.members()) {
            for (RoutingRow.Arm arm : member.epochs().getLast().arms()) {
                digests.put(
                        arm.version(), Versions.route(tx, slot, arm.version()).modelSha256());
            }
        }
        return digests;
    }
}
