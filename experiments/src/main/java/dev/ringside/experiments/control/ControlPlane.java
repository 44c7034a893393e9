package dev.ringside.experiments.control;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.ExperimentsConfig;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.barrier.Barrier;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.Designs;
import dev.ringside.experiments.experiment.Epochs;
import dev.ringside.experiments.experiment.Holdbacks;
import dev.ringside.experiments.experiment.LettingGo;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Starting;
import dev.ringside.experiments.experiment.Waves;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.fleet.FleetAudit;
import dev.ringside.experiments.look.ClosedHoldbacks;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Looks;
import dev.ringside.experiments.look.Standstill;
import dev.ringside.experiments.registry.ArtefactStore;
import dev.ringside.experiments.registry.Artefacts;
import dev.ringside.experiments.registry.FleetReadiness;
import dev.ringside.experiments.registry.ModelInspector;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.retirement.Retirement;
import dev.ringside.experiments.retirement.VersionRetirement;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.FirstChampion;
import dev.ringside.experiments.slot.Overrides;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.store.Installation;
import dev.ringside.experiments.store.OutboxRelay;
import dev.ringside.experiments.store.Publisher;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.view.ExperimentViews;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The control plane put together. Its owner gives it a migrated database, feeds it with {@link #accept(KpiMessage, long)}
 * and {@link #accept(FleetReport)} from the beginning of their topics, calls {@link Step#run()} every few seconds, and
 * closes it.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Changes changes = new Changes();
    private final Installation installation;
    private final Store store;
    private final OutboxRelay relay;
    private final EventClock events;
    private final AuditLog audit;
    private final Fleet fleet;
    private final FleetReadiness readiness;
    private final Artefacts artefacts;
    private final Versions versions;
    private final Slots slots;
    private final Champions champions;
    private final Overrides overrides;
    private final Designs designs;
    private final Lifecycle lifecycle;
    private final KpiLedger ledger;
    private final Looks looks;
    private final Retirement retirement;
    private final VersionRetirement versionRetirement;
    private final ExperimentViews views;
    private final Step step;
    private final Optional<Barrier> barrier;

    /**
     * What the control plane cannot make itself.
     *
     * @param database a PostgreSQL that the migrations in {@code db/migration} were run on
     * @param artefacts where uploaded files are kept
     * @param inspector what is asked of each model file
     * @param publisher where the outbox goes
     * @param wall the machine's clock
     * @param nanoTime the machine's clock for timeouts, in nanoseconds
     * @param random makes the install key and salts
     * @param replay whether the clock of events is set from outside, {@code ringside.clock = request}
     * @param softwareVersion is written into each look
     */
    public record Surroundings(
            DataSource database,
            ArtefactStore artefacts,
            ModelInspector inspector,
            Publisher publisher,
            Clock wall,
            LongSupplier nanoTime,
            LongSupplier random,
            boolean replay,
            String softwareVersion) {}

    /**
     * Opens the installation, making it if this is the first start, and publishes what the topic {@code routing} should
     * hold. Nothing runs on a thread of its own until {@link #start()}.
     *
     * @throws IllegalStateException if the configuration contradicts what was fixed at install
     */
    public ControlPlane(ExperimentsConfig config, Surroundings around) {
        Clock wall = around.wall();
        Supplier<String> salts =
                () -> HexFormat.of().toHexDigits(around.random().getAsLong());
        var replay = new EventClock.Replay();
        this.events = around.replay() ? replay : new EventClock.Wall(wall);
        var routing = new RoutingState(events, wall);
        this.store = new Store(around.database(), changes, List.of(routing::refresh));
        this.installation = Installation.open(
                store,
                config.installKey().map(InstallKey::parse),
                config.partitions(),
                around.random(),
                wall.instant());
        this.audit = new AuditLog(events, wall);
        this.fleet = new Fleet(wall, config.fleetTimeout(), changes);
        this.readiness = new FleetReadiness(fleet, config.requireReady());
        this.artefacts = new Artefacts(around.artefacts(), config.artefactLimitBytes());
        this.versions = new Versions(artefacts, around.inspector(), audit, wall);
        var epochs = new Epochs(events, audit);
        this.slots = new Slots(audit, epochs, salts);
        this.champions = new Champions(events, wall, audit, readiness, epochs);
        this.overrides = new Overrides(audit, readiness);
        this.designs = new Designs(epochs, audit, wall, salts);
        var starting = new Starting(epochs, events, audit, readiness);
        this.lifecycle = new Lifecycle(starting, epochs, champions, events, audit, readiness);
        this.ledger = new KpiLedger(installation.partitions(), changes);
        this.retirement = new Retirement(
                fleet, ledger, audit, wall, installation.partitions(), around.replay(), config.retireAfter());
        this.looks =
                new Looks(store, ledger, lifecycle, readiness, fleet, audit, events, wall, around.softwareVersion());
        looks.forget();
        var standstill = new Standstill(ledger, fleet, looks);
        this.views = new ExperimentViews(
                ledger, events, starting, lifecycle, standstill, around.replay() ? Duration.ZERO : PATIENCE);
        this.versionRetirement = new VersionRetirement(audit, wall);
        this.step = new Step(
                store,
                new FleetAudit(fleet, audit),
                retirement,
                new FirstChampion(champions, readiness),
                looks,
                new Waves(starting),
                new Holdbacks(lifecycle, events),
                new ClosedHoldbacks(lifecycle),
                versionRetirement,
                new LettingGo(events, System::nanoTime),
                routing,
                !around.replay());
        this.relay = new OutboxRelay(store, around.publisher(), changes);
        this.barrier = around.replay()
                ? Optional.of(new Barrier(
                        store,
                        replay,
                        step::decide,
                        relay,
                        ledger,
                        standstill,
                        fleet,
                        changes,
                        config.barrierTimeout(),
                        around.nanoTime()))
                : Optional.empty();
        store.write(tx -> {
            routing.republish(tx);
            return null;
        });
    }

    /** Starts the relay's thread. */
    public void start() {
        relay.start();
    }

    /** Takes in a record of {@code kpi-moments}; each partition's come in their order, from the beginning. */
    public void accept(KpiMessage message, long offset) {
        ledger.accept(message, offset);
    }

    /** Takes in a record of {@code fleet}; they come in their order, from the beginning. */
    public void accept(FleetReport report) {
        fleet.accept(report);
    }

    @Override
    public void close() {
        relay.close();
    }

    /** What was fixed at the first start. */
    public Installation installation() {
        return installation;
    }

    /** Transactions. */
    public Store store() {
        return store;
    }

    /** Rings when something may have changed. */
    public Changes changes() {
        return changes;
    }

    /** Publishes what was committed. */
    public OutboxRelay relay() {
        return relay;
    }

    /** The time that events carry. */
    public EventClock events() {
        return events;
    }

    /** The audit trail. */
    public AuditLog audit() {
        return audit;
    }

    /** The other processes. */
    public Fleet fleet() {
        return fleet;
    }

    /** Which versions are ready. */
    public FleetReadiness readiness() {
        return readiness;
    }

    /** Uploaded files. */
    public Artefacts artefacts() {
        return artefacts;
    }

    /** The registry. */
    public Versions versions() {
        return versions;
    }

    /** Making and changing slots. */
    public Slots slots() {
        return slots;
    }

    /** Moving champions. */
    public Champions champions() {
        return champions;
    }

    /** Sending units by hand. */
    public Overrides overrides() {
        return overrides;
    }

    /** Making and changing experiments. */
    public Designs designs() {
        return designs;
    }

    /** Starting and ending regions. */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** What was counted. */
    public KpiLedger ledger() {
        return ledger;
    }

    /** Making looks. */
    public Looks looks() {
        return looks;
    }

    /** Closing writers that will not come back. */
    public Retirement retirement() {
        return retirement;
    }

    /** Taking versions that nothing names out of the routing table. */
    public VersionRetirement versionRetirement() {
        return versionRetirement;
    }

    /** What is shown of experiments. */
    public ExperimentViews views() {
        return views;
    }

    /** What is done by itself. */
    public Step step() {
        return step;
    }

    /** The barrier of a replay; empty by the wall clock. */
    public Optional<Barrier> barrier() {
        return barrier;
    }
}
