package dev.ringside.app.embedded;

import dev.ringside.app.configuration.ClockConfig;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.redis.RedisAddress;
import dev.ringside.app.redis.RedisProbe;
import dev.ringside.app.servers.ServerWatch;
import dev.ringside.app.servers.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL and Redis as a process uses them: what it has started, which it keeps running, and what was configured.
 *
 * @param kafka how Kafka is reached
 * @param postgres how PostgreSQL is reached; null for a process that does not use it
 * @param redis how Redis is reached; null for a process that does not use it, or where there is none
 * @param own what this process has started and stops again, the truth last
 */
public record EmbeddedParts(
        KafkaConnection kafka,
        @Nullable Database postgres,
        @Nullable RedisAddress redis,
        List<AutoCloseable> own) {
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
     * @param redis a Redis to use; null to start one, if one is wanted
     * @param kafkaOpen whether the embedded Kafka asks for no password
     * @param redisWanted whether to start a Redis where none is configured
     * @param postgresBinaries where the embedded PostgreSQL's programs are unpacked; null for the data folder
     */
    public record Configured(
            @Nullable KafkaConnection kafka,
            @Nullable Database postgres,
            @Nullable RedisAddress redis,
            boolean kafkaOpen,
            boolean redisWanted,
            @Nullable Path postgresBinaries) {}

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
        EmbeddedPostgres postgres = configured.postgres == null
                ? EmbeddedPostgres.prepare(data, ports, install, configured.postgresBinaries)
                : null;
        EmbeddedRedis redis =
                configured.redis == null && configured.redisWanted ? EmbeddedRedis.prepare(data, ports) : null;
        var servers = new ArrayList<EmbeddedServer>();
        if (kafka != null) {
            servers.add(kafka);
        }
        if (redis != null) {
            servers.add(redis);
        }
        if (postgres != null) {
            servers.add(postgres);
        }
        requirePorts(servers);
        Map<EmbeddedServer, ProcessHandle> processes = startAll(servers, say);
        KafkaConnection reached = kafka == null ? Objects.requireNonNull(configured.kafka) : kafka.connection();
        Database database = postgres == null ? Objects.requireNonNull(configured.postgres) : postgres.database();
        RedisAddress features =
                redis == null ? configured.redis : processes.containsKey(redis) ? redis.address() : null;
        var watches = new HashMap<String, ServerWatch>();
        watches.put("kafka", watch("kafka", reached.servers(), kafka != null, new KafkaProbe(reached), say));
        watches.put("postgres", watch("postgres", database.url(), postgres != null, new PostgresProbe(database), say));
        if (features != null) {
            watches.put("redis", watch("redis", features.shown(), redis != null, new RedisProbe(features), say));
        }
        var own = new ArrayList<AutoCloseable>();
        processes.forEach((server, process) ->
                own.add(Keeper.of(server, process, Objects.requireNonNull(watches.get(server.name())))));
        return new EmbeddedParts(reached, database, features, own);
    }

    /** Uses what runs elsewhere, and watches it. */
    public static EmbeddedParts reached(
            KafkaConnection kafka, @Nullable Database postgres, @Nullable RedisAddress redis, Consumer<String> say) {
        watch("kafka", kafka.servers(), false, new KafkaProbe(kafka), say);
        if (postgres != null) {
            watch("postgres", postgres.url(), false, new PostgresProbe(postgres), say);
        }
        if (redis != null) {
            watch("redis", redis.shown(), false, new RedisProbe(redis), say);
        }
        return new EmbeddedParts(kafka, postgres, redis, List.of());
    }

    /** How a process of another role reaches the embedded Kafka that {@code ports.json} names. */
    public static KafkaConnection embeddedKafka(DataFolder data, String servers, boolean open) throws IOException {
        return EmbeddedKafka.connection(servers, Secrets.of(data).kafka(), open);
    }

    /** How a process of another role reaches the embedded PostgreSQL that {@code ports.json} names. */
    public static Database embeddedPostgres(DataFolder data, String url) throws IOException {
        return new Database(url, EmbeddedPostgres.USER, Secrets.of(data).postgres());
    }

    /** How a process of another role reaches the embedded Redis that {@code ports.json} names. */
    public static RedisAddress embeddedRedis(DataFolder data, String address) throws IOException {
        return new RedisAddress("redis://:" + Secrets.of(data).redis() + "@" + address);
    }

    /** Whether an embedded PostgreSQL has ever run in the folder. */
    public static boolean hasPostgres(DataFolder data) {
        return EmbeddedPostgres.isMade(data);
    }

    /**
     * A PostgreSQL on the folder's data for one command.
     *
     * @param binaries where its programs are unpacked; null for the data folder
     */
    public static PostgresForOnce postgresForOnce(
            DataFolder data, Ports ports, InstallFile install, @Nullable Path binaries)
            throws IOException, InterruptedException, StartRefused {
        EmbeddedPostgres postgres = EmbeddedPostgres.prepare(data, ports, install, binaries);
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

    /** At the same time; if a vital one does not start, none is left running. */
    private static Map<EmbeddedServer, ProcessHandle> startAll(List<EmbeddedServer> servers, Consumer<String> say)
            throws IOException, InterruptedException {
        var starts = new LinkedHashMap<EmbeddedServer, FutureTask<ProcessHandle>>();
        for (EmbeddedServer server : servers) {
            var start = new FutureTask<>((Callable<ProcessHandle>) server::start);
            starts.put(server, start);
            Thread.ofPlatform().daemon().name("start-" + server.name()).start(start);
        }
        var processes = new LinkedHashMap<EmbeddedServer, ProcessHandle>();
        for (var start : starts.entrySet()) {
            EmbeddedServer server = start.getKey();
            try {
                processes.put(server, start.getValue().get());
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (!server.isVital()) {
                    say.accept(server.name() + " does not start, and is done without: " + cause.getMessage());
                    continue;
                }
                servers.forEach(each -> close(each.name(), each::stop));
                if (cause instanceof IOException failure) {
                    throw failure;
                }
                throw new IOException("an embedded part does not start: " + cause, e);
            }
        }
        return processes;
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

    /** Host and port of the Redis that was started here; null if it was configured, or is not used. */
    public @Nullable String embeddedRedis() {
        return redis != null && owns("redis") ? redis.shown().substring("redis://".length()) : null;
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
