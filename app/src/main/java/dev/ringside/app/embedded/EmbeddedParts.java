package dev.ringside.app.embedded;

import dev.ringside.app.configuration.ClockConfig;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.servers.ServerWatch;
import dev.ringside.app.servers.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka and PostgreSQL as a process uses them: what it has started, which it keeps running, and what was configured.
 *
 * @param kafka how Kafka is reached
 * @param postgres how PostgreSQL is reached; null for a process that does not use it
 * @param own what this process has started and stops again, the truth last
 */
public record EmbeddedParts(KafkaConnection kafka, @Nullable Database postgres, List<AutoCloseable> own) {
    private static final System.Logger LOG = System.getLogger(EmbeddedParts.class.getName());
    private static final Duration ONE_ANSWER = Duration.ofSeconds(30);

    /** Copies the list. */
    public EmbeddedParts {
        own = List.copyOf(own);
    }

    /**
     * What takes the place of an embedded part.
     *
     * @param kafka a Kafka to use; null to start one
     * @param postgres a PostgreSQL to use; null to start one
     * @param kafkaOpen whether the embedded Kafka asks for no password
     */
    public record Configured(
            @Nullable KafkaConnection kafka, @Nullable Database postgres, boolean kafkaOpen) {}

    /**
     * Starts what is not configured, and watches all of it.
     *
     * @param brokerLibraries the folder of the broker's jars
     * @param say takes a line when a server goes away or is back
     * @throws StartRefused if a port is taken; nothing was started then
     */
    public static EmbeddedParts start(
            DataFolder data,
            Ports ports,
            InstallFile install,
            Configured configured,
            Path brokerLibraries,
            Consumer<String> say)
            throws IOException, InterruptedException, StartRefused {
        EmbeddedKafka kafka = configured.kafka == null
                ? EmbeddedKafka.prepare(data, ports, install, brokerLibraries, configured.kafkaOpen)
                : null;
        EmbeddedPostgres postgres = configured.postgres == null ? EmbeddedPostgres.prepare(data, ports, install) : null;
        var servers = new ArrayList<EmbeddedServer>();
        if (kafka != null) {
            servers.add(kafka);
        }
        if (postgres != null) {
            servers.add(postgres);
        }
        requirePorts(servers);
        List<ProcessHandle> processes = startAll(servers);
        KafkaConnection reached = kafka == null ? Objects.requireNonNull(configured.kafka) : kafka.connection();
        Database database = postgres == null ? Objects.requireNonNull(configured.postgres) : postgres.database();
        var watches = List.of(
                watch("kafka", reached.servers(), kafka != null, new KafkaProbe(reached), say),
                watch("postgres", database.url(), postgres != null, new PostgresProbe(database), say));
        var own = new ArrayList<AutoCloseable>();
        for (int i = 0; i < servers.size(); i++) {
            EmbeddedServer server = servers.get(i);
            own.add(Keeper.of(server, processes.get(i), server == kafka ? watches.get(0) : watches.get(1)));
        }
        return new EmbeddedParts(reached, database, own);
    }

    /** Uses what runs elsewhere, and watches it. */
    public static EmbeddedParts reached(KafkaConnection kafka, @Nullable Database postgres, Consumer<String> say) {
        watch("kafka", kafka.servers(), false, new KafkaProbe(kafka), say);
        if (postgres != null) {
            watch("postgres", postgres.url(), false, new PostgresProbe(postgres), say);
        }
        return new EmbeddedParts(kafka, postgres, List.of());
    }

    /** How a process of another role reaches the embedded Kafka that {@code ports.json} names. */
    public static KafkaConnection embeddedKafka(DataFolder data, String servers, boolean open) throws IOException {
        return EmbeddedKafka.connection(servers, Secrets.of(data).kafka(), open);
    }

    /** How a process of another role reaches the embedded PostgreSQL that {@code ports.json} names. */
    public static Database embeddedPostgres(DataFolder data, String url) throws IOException {
        return new Database(url, EmbeddedPostgres.USER, Secrets.of(data).postgres());
    }

    /** Whether an embedded PostgreSQL has ever run in the folder. */
    public static boolean hasPostgres(DataFolder data) {
        return EmbeddedPostgres.isMade(data);
    }

    /** A PostgreSQL on the folder's data for one command. */
    public static PostgresForOnce postgresForOnce(DataFolder data, Ports ports, InstallFile install)
            throws IOException, InterruptedException, StartRefused {
        EmbeddedPostgres postgres = EmbeddedPostgres.prepare(data, ports, install);
        requirePorts(List.of(postgres));
        postgres.start();
        return new PostgresForOnce(postgres.database(), () -> close(postgres.name(), postgres::stop));
    }

    /**
     * A PostgreSQL that runs until it is closed.
     *
     * @param database how it is reached
     */
    public record PostgresForOnce(Database database, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    private static void requirePorts(List<? extends EmbeddedServer> servers) throws StartRefused {
        for (EmbeddedServer server : servers) {
            var taken = server.portComplaint();
            if (taken.isPresent()) {
                throw new StartRefused(taken.get());
            }
        }
    }

    /** At the same time; if one does not start, none is left running. */
    private static List<ProcessHandle> startAll(List<EmbeddedServer> servers) throws IOException, InterruptedException {
        var starts = new ArrayList<FutureTask<ProcessHandle>>();
        for (EmbeddedServer server : servers) {
            var start = new FutureTask<>((Callable<ProcessHandle>) server::start);
            starts.add(start);
            Thread.ofPlatform().daemon().name("start-" + server.name()).start(start);
        }
        try {
            var processes = new ArrayList<ProcessHandle>();
            for (FutureTask<ProcessHandle> start : starts) {
                processes.add(start.get());
            }
            return processes;
        } catch (ExecutionException e) {
            servers.forEach(server -> close(server.name(), server::stop));
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("an embedded part does not start: " + e.getCause(), e);
        }
    }

    private static ServerWatch watch(
            String name, String address, boolean embedded, ServerWatch.Probe probe, Consumer<String> say) {
        Servers all = Servers.current();
        var watch = new ServerWatch(name, address, embedded, probe, Clock.systemUTC(), say, all::takeLeftOut);
        all.add(watch);
        return watch.start();
    }

    /** The clock of the events that the database knows, where a replay has set one. */
    public Optional<ClockConfig.Kind> keptClock() throws IOException {
        if (postgres == null) {
            return Optional.empty();
        }
        try (var connection = postgres.connect(ONE_ANSWER);
                var statement = connection.createStatement()) {
            try (var table = statement.executeQuery("SELECT to_regclass('replay_clock')")) {
                table.next();
                if (table.getString(1) == null) {
                    return Optional.empty();
                }
            }
            try (var time = statement.executeQuery("SELECT time FROM replay_clock")) {
                return time.next() ? Optional.of(ClockConfig.Kind.REQUEST) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException("the database at " + postgres + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The address of the Kafka that was started here; null if it was configured. */
    public @Nullable String embeddedKafka() {
        return owns("kafka") ? kafka.servers() : null;
    }

    /** The address of the PostgreSQL that was started here; null if it was configured, or is not used. */
    public @Nullable String embeddedPostgres() {
        return postgres != null && owns("postgres") ? postgres.url() : null;
    }

    private boolean owns(String name) {
        return own.stream()
                .anyMatch(part -> part instanceof Keeper keeper && keeper.name().equals(name));
    }

    /** Stops what was started here: Kafka first, the truth last. */
    public void stop() {
        Servers.current().close();
        for (AutoCloseable each : own) {
            close(each instanceof Keeper keeper ? keeper.name() : "server", each);
        }
    }

    private static void close(String name, AutoCloseable part) {
        try {
            part.close();
            LOG.log(System.Logger.Level.INFO, "{0}: stopped", name);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, name + ": did not stop in order", e);
        }
    }
}
