package dev.ringside.experiments.world;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.Signature;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.ExperimentsConfig;
import dev.ringside.experiments.audit.AuditEntry;
import dev.ringside.experiments.barrier.Barrier;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.control.ControlPlane;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.registry.ArtefactFolder;
import dev.ringside.experiments.registry.ModelInspector;
import dev.ringside.experiments.registry.RegisteredVersion;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.ExperimentView;
import dev.ringside.experiments.view.RegionView;
import io.agroal.api.AgroalDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;

/** A control plane on a database of its own, with everything around it played: Kafka, servers, routers, clocks. */
public final class World implements AutoCloseable {
    public static final Instant START = Instant.parse("2001-04-01T00:00:00Z");
    public static final Cause ALICE = new Cause(Actor.claimed("alice"), "because");
    public final TickingClock wall = new TickingClock(Instant.parse("2026-01-05T10:00:00Z"));
    public final Topic topic = new Topic();
    public final Aggregator aggregator;
    public final PlayedFleet fleet = new PlayedFleet(this);
    private final AgroalDataSource database = Postgres.database();
    private final Path folder;
    private final boolean replay;
    private final Config config;
    private ModelInspector inspector = file -> new ModelInspection(
            Digests.sha256(file), "onnx", ModelMetadata.ONNX, Json.readYaml(Documents.SIGNATURE, Signature.class));
    private ControlPlane plane;
    private long nanos;

    /** The configuration of a world; everything else has its default. */
    public record Config(
            Optional<String> installKey,
            int partitions,
            long artefactLimitBytes,
            Duration barrierTimeout,
            boolean requireReady)
            implements ExperimentsConfig {
        public static final Config DEFAULT = new Config(Optional.empty(), 2, 1 << 20, Duration.ofMillis(300), true);

        @Override
        public Duration fleetTimeout() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration retireAfter() {
            return Duration.ofHours(24);
        }
    }

    public World(boolean replay, Config config) {
        this.replay = replay;
        this.config = config;
        this.aggregator = new Aggregator(config.partitions());
        try {
            this.folder = Files.createTempDirectory("ringside-artefacts-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /** A replay whose clock stands at {@link #START}. */
    public static World replay() {
        World world = new World(true, Config.DEFAULT);
        world.tick(START);
        return world;
    }

    /** An installation by the wall clock. */
    public static World wall() {
        return new World(false, Config.DEFAULT);
    }

    /** A new process on the same database; what it had in memory is gone, the topics are not. */
    public void restart() {
        restart(config);
    }

    /** A new process with another configuration. */
    public void restart(ExperimentsConfig with) {
        if (plane != null) {
            plane.close();
        }
        try {
            var random = new Random(7);
            plane = new ControlPlane(
                    with,
                    new ControlPlane.Surroundings(
                            database,
                            new ArtefactFolder(folder),
                            file -> inspector.inspect(file),
                            topic,
                            wall,
                            () -> nanos += 60_000_000,
                            random::nextLong,
                            replay,
                            "test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        aggregator.feed(plane::accept);
    }

    /** What model servers say of each file from now on; at first that it is what the documents' manifests say. */
    public void inspector(ModelInspector next) {
        inspector = next;
    }

    public ControlPlane plane() {
        return plane;
    }

    public DataSource database() {
        return database;
    }

    /** From now on its database answers nobody. */
    public void loseDatabase() {
        database.close();
    }

    public Path folder() {
        return folder;
    }

    /** Sets the replay's clock alone, without waiting for anybody. */
    public void tick(Instant time) {
        plane.store().write(tx -> {
            new EventClock.Replay().set(tx, time);
            return null;
        });
    }

    /** A slot whose versions take a distance and give a score. */
    public void slot(String name, String... segments) {
        String document = "unit_type: ride\nsegment_attribute: region\nsegments: [" + String.join(", ", segments)
                + "]\nsignature:\n" + Documents.SIGNATURE.indent(2);
        plane.store().write(tx -> plane.slots().put(tx, name, Documents.yaml(document), ALICE));
    }

    /** Uploads a file of its own for a version and registers it. */
    public RegisteredVersion version(String slot, String version) {
        byte[] model = (slot + "/" + version).getBytes(StandardCharsets.UTF_8);
        plane.artefacts().put(new ByteArrayInputStream(model));
        return plane.versions()
                .register(plane.store(), slot, Documents.manifest(slot, version, Digests.sha256(model)), ALICE)
                .version();
    }

    /** A slot 'eta' with versions v1 to v3 ready, v1 champion everywhere. */
    public void eta(String... segments) {
        slot("eta", segments);
        version("eta", "v1");
        version("eta", "v2");
        version("eta", "v3");
        fleet.reports();
        champion(null, "v1");
    }

    public void champion(String segment, String version) {
        plane.store().write(tx -> {
            plane.champions().point(tx, Slots.get(tx, "eta"), segment, version, null, "champion.set", ALICE);
            return null;
        });
    }

    public String championOf(String segment) {
        return plane.store().read(tx -> Champions.current(tx, "eta", segment));
    }

    public Experiment put(String name, String document) {
        return plane.store().write(tx -> plane.designs().put(tx, name, Documents.yaml(document), ALICE));
    }

    public void start(String name, String segment) {
        plane.store().write(tx -> {
            plane.lifecycle().start(tx, name, segment, ALICE);
            return null;
        });
    }

    public void stop(String name, String segment) {
        plane.store().write(tx -> {
            plane.lifecycle().stop(tx, name, segment, ALICE);
            return null;
        });
    }

    public void promote(String name, String segment) {
        plane.store().write(tx -> {
            plane.lifecycle().promote(tx, name, segment, ALICE);
            return null;
        });
    }

    public void rollBack(String name, String segment) {
        plane.store().write(tx -> {
            plane.lifecycle().rollBack(tx, name, segment, ALICE);
            return null;
        });
    }

    /** An order about a region, or about all that it fits where the segment is null. */
    public interface Order {
        void carryOut(Lifecycle lifecycle, Tx tx, String name, String segment, Cause cause);
    }

    public void order(Order order, String name, String segment) {
        plane.store().write(tx -> {
            order.carryOut(plane.lifecycle(), tx, name, segment, ALICE);
            return null;
        });
    }

    public Experiment experiment(String name) {
        return plane.store().read(tx -> Experiments.get(tx, name));
    }

    public Region region(String name, String segment) {
        return experiment(name).region(segment);
    }

    public Region.Running running(String name, String segment) {
        return (Region.Running) region(name, segment);
    }

    public ExperimentView view(String name) {
        return plane.store().read(tx -> plane.views().of(tx, Experiments.get(tx, name)));
    }

    public RegionView view(String name, String segment) {
        return view(name).regions().stream()
                .filter(r -> r.segment().equals(segment))
                .findFirst()
                .orElseThrow();
    }

    /** The audit trail of a subject, the oldest first, as "actor action subject". */
    public List<String> audited(String subject) {
        return plane.store().read(tx -> plane.audit().list(tx, subject, null, 1000)).reversed().stream()
                .map(World::line)
                .toList();
    }

    private static String line(AuditEntry entry) {
        return entry.actor() + " " + entry.action() + " " + entry.subject();
    }

    /** Publishes what is committed. */
    public void publish() {
        try {
            plane.relay().drain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts one day's units of both arms, so many of each with an event out of a thousand. */
    public void day(String experiment, int epoch, String segment, Instant day, int champion, int challenger) {
        plane.store().read(tx -> Experiments.definitions(tx)).forEach(aggregator::define);
        aggregator.count(experiment, epoch, segment, "champion", day, 1000, champion);
        aggregator.count(experiment, epoch, segment, "challenger", day, 1000, challenger);
    }

    /** Sets the clock, lets the aggregator count up to it, and passes the barrier. */
    public Barrier.Passed pass(Instant time) {
        aggregator.reach(time);
        try {
            var barrier = plane.barrier().orElseThrow();
            fleet.follows();
            return barrier.pass(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        plane.close();
        Postgres.giveBack(database);
    }
}
