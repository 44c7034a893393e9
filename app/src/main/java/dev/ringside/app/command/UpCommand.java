package dev.ringside.app.command;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Database;
import dev.ringside.app.embedded.EmbeddedParts;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.app.embedded.IsolatedServing;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.embedded.Secrets;
import dev.ringside.app.embedded.StartRefused;
import dev.ringside.app.http.OpenInferenceResource;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.app.program.ParentWatch;
import dev.ringside.app.redis.RedisAddress;
import dev.ringside.contract.InvalidInput;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts one role, or all of them with embedded PostgreSQL, Kafka and Redis, and runs until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the platform and runs until SIGTERM or Ctrl-C.",
            "Role all starts PostgreSQL, Kafka and Redis on this machine unless their addresses are configured"
                    + " (quarkus.datasource.jdbc.url, kafka.bootstrap.servers, ringside.redis.url). Everything is kept in"
                    + " one data folder."
        })
public final class UpCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(UpCommand.class.getName());

    static final String KAFKA = "kafka.bootstrap.servers";
    static final String REDIS = "ringside.redis.url";
    static final String POSTGRES = "quarkus.datasource.jdbc.url";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "What is kept; default ~/.local/share/ringside.")
    Path dataDir = DataFolder.standard();

    @Option(
            names = "--port",
            paramLabel = "BASE",
            description = "The base port, from which all others follow; default ${DEFAULT-VALUE}.")
    int port = Ports.DEFAULT_BASE;

    @Option(
            names = "--role",
            paramLabel = "NAME",
            description = "all | router | serving | ingest | metrics | experiments, or none for the embedded parts"
                    + " alone; default all.")
    Role role = Role.ALL;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file; system properties and the environment go before it.")
    @Nullable
    Path config;

    @Option(
            names = "--isolate-serving",
            description =
                    "Models run in a child process: native code that crashes takes nothing else with it, and a new"
                            + " child takes its place. For role all.")
    boolean isolateServing;

    /** The child of such a process: it ends with its standard input, and its parent speaks of it. */
    @Option(names = "--child", hidden = true)
    boolean child;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!ServerStart.prepare(config, spec.commandLine().getErr())) {
            return 2;
        }
        InvalidInput.require(
                !isolateServing || role == Role.ALL,
                "--isolate-serving",
                "is for role all, found role " + role.label() + ": each role is a process of its own there");
        if (child) {
            ParentWatch.endWithInput();
        }
        var ports = new Ports(port);
        StartSettings settings = StartSettings.read(config);
        DataFolder data;
        EmbeddedParts parts;
        try {
            data = DataFolder.open(dataDir);
            data.lock(role);
            parts = prepare(data, ports, settings);
        } catch (StartRefused | DataFolder.Unusable e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
        Addresses addresses = child
                ? Addresses.read(data)
                : Addresses.publish(
                        data, role, ports, parts.embeddedKafka(), parts.embeddedPostgres(), parts.embeddedRedis());
        if (role == Role.NONE) {
            return runEmbeddedAlone(data, parts);
        }
        configure(data, ports, settings, parts, addresses);
        AutoCloseable models = isolateServing ? IsolatedServing.keep(data, ports, config, this::say) : () -> {};
        // Hooks run at the same time: this one lets the application stop before what it needs.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Application application = Application.currentApplication();
                            if (application != null) {
                                application.awaitShutdown();
                            }
                            stop(models);
                            parts.stop();
                            withdraw(data);
                        },
                        "stop-embedded"));
        spec.commandLine()
                .getOut()
                .println("ringside " + role.label() + " starts at http://127.0.0.1:" + ports.http(role) + ", data in "
                        + data.root());
        spec.commandLine().getOut().flush();
        if (role.includes(Role.EXPERIMENTS)) {
            URI dashboard = URI.create(String.valueOf(addresses.url()));
            ReadyLine.follow(dashboard, "ready: dashboard " + dashboard + ", stop with Ctrl-C", line -> {
                spec.commandLine().getOut().println(line);
                spec.commandLine().getOut().flush();
            });
        }
        Quarkus.run();
        return 0;
    }

    /** What must hold before anything starts or is connected to; then the servers. */
    private EmbeddedParts prepare(DataFolder data, Ports ports, StartSettings settings)
            throws IOException, InterruptedException, StartRefused {
        InstallFile install = InstallFile.open(data, Instant.now());
        if (install.clock() != null && role != Role.NONE) {
            InstallFile.requireClock(data, settings.clock());
        }
        if (role != Role.NONE) {
            String host = settings.value("quarkus.http.host").orElse("127.0.0.1");
            OpenDoor.requireAuthentication(host, settings.auth());
            ports.requireFree(role, host);
            if (isolateServing) {
                IsolatedServing.requireFree(ports);
            }
            grpc(ports, settings).requireFree(host, "name another one with ringside.grpc.port, 0 for none");
        }
        EmbeddedParts parts = parts(data, ports, install, settings);
        if (role == Role.NONE || install.clock() != null) {
            return parts;
        }
        try {
            // A folder of a release that did not keep it.
            InstallFile.requireClock(data, parts.keptClock().orElse(settings.clock()));
            InstallFile.requireClock(data, settings.clock());
        } catch (StartRefused e) {
            parts.stop();
            throw e;
        }
        return parts;
    }

    /** Whether this very process does what a role says. */
    private boolean does(Role each) {
        return role.includes(each) && !(isolateServing && each == Role.SERVING);
    }

    private static void stop(AutoCloseable models) {
        try {
            models.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the process with the models did not stop in order", e);
        }
    }

    /** Who answers predictions answers them over gRPC too. */
    private GrpcPort grpc(Ports ports, StartSettings settings) {
        return role.includes(Role.ROUTER) || role.includes(Role.SERVING)
                ? GrpcPort.of(settings, ports.grpc(role))
                : GrpcPort.NONE;
    }

    private EmbeddedParts parts(DataFolder data, Ports ports, InstallFile install, StartSettings settings)
            throws IOException, InterruptedException, StartRefused {
        KafkaConnection kafka = settings.value(KAFKA).isPresent() ? KafkaConnection.configured(settings::value) : null;
        Database postgres = database(settings);
        RedisAddress redis = redis(settings);
        if (role == Role.ALL || role == Role.NONE) {
            var configured = new EmbeddedParts.Configured(
                    kafka, postgres, redis, settings.kafkaOpen(), settings.redisWanted(), settings.postgresBinaries());
            return EmbeddedParts.start(data, ports, install, configured, ApplicationFiles.broker(), this::say);
        }
        Addresses known = Addresses.read(data);
        if (kafka == null && known.kafka() != null) {
            kafka = EmbeddedParts.embeddedKafka(data, known.kafka(), settings.kafkaOpen());
        }
        if (role != Role.EXPERIMENTS) {
            postgres = null;
        } else if (postgres == null && known.postgres() != null) {
            postgres = EmbeddedParts.embeddedPostgres(data, known.postgres());
        }
        if (kafka == null || (postgres == null && role == Role.EXPERIMENTS)) {
            throw new StartRefused("role " + role.label() + " needs " + (kafka == null ? KAFKA : POSTGRES)
                    + " configured, or the embedded parts running on the same data folder: ringside up --role none");
        }
        if (redis == null && known.redis() != null) {
            redis = EmbeddedParts.embeddedRedis(data, known.redis());
        }
        return EmbeddedParts.reached(kafka, postgres, role == Role.ROUTER ? redis : null, this::say);
    }

    /** The Redis that is configured; null if none is. */
    private static @Nullable RedisAddress redis(StartSettings settings) throws StartRefused {
        try {
            return settings.value(REDIS).map(RedisAddress::new).orElse(null);
        } catch (InvalidInput e) {
            throw new StartRefused(e.getMessage());
        }
    }

    /** The PostgreSQL that is configured; null if none is. */
    static @Nullable Database database(StartSettings settings) {
        return settings.value(POSTGRES)
                .map(url -> new Database(
                        url,
                        settings.value("quarkus.datasource.username").orElse("postgres"),
                        settings.value("quarkus.datasource.password").orElse("")))
                .orElse(null);
    }

    /** A line about a server: to the log of an application, else to the terminal. */
    private void say(String line) {
        if (role == Role.NONE) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        } else {
            LOG.log(System.Logger.Level.WARNING, line);
        }
    }

    /** Says that nothing of this process is to be found any more, before its ports are another's. */
    private void withdraw(DataFolder data) {
        if (child) {
            return;
        }
        try {
            Addresses.withdraw(data, role);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "ports.json in " + data.root() + " still names what was stopped", e);
        }
    }

    private int runEmbeddedAlone(DataFolder data, EmbeddedParts parts) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            parts.stop();
                            withdraw(data);
                        },
                        "stop-embedded"));
        spec.commandLine()
                .getOut()
                .println("embedded parts run: kafka at " + parts.kafka() + ", postgres at " + parts.postgres()
                        + (parts.redis() == null ? "" : ", redis at " + parts.redis()));
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private void configure(
            DataFolder data, Ports ports, StartSettings settings, EmbeddedParts parts, Addresses addresses)
            throws IOException {
        set("quarkus.http.port", Integer.toString(ports.http(role)));
        grpc(ports, settings).configure();
        parts.kafka().settings().forEach((name, value) -> set(KafkaConnection.PREFIX + name, value));
        Database postgres = parts.postgres();
        if (postgres != null) {
            set(POSTGRES, postgres.url());
            set("quarkus.datasource.username", postgres.user());
            set("quarkus.datasource.password", postgres.password());
        }
        if (parts.redis() != null) {
            set(REDIS, parts.redis().url());
        }
        set("ringside.platform.data-dir", data.root().toString());
        setIfKnown(settings, "ringside.platform.experiments-url", addresses.of(Role.EXPERIMENTS), Role.EXPERIMENTS);
        if (isolateServing) {
            set("ringside.platform.serving-url", IsolatedServing.address(ports).toString());
        }
        setIfKnown(settings, "ringside.platform.serving-url", addresses.of(Role.SERVING), Role.SERVING);
        for (Role each : List.of(Role.ROUTER, Role.SERVING, Role.INGEST, Role.METRICS, Role.EXPERIMENTS)) {
            set("ringside.role." + each.label() + ".enabled", Boolean.toString(does(each)));
        }
        set(OpenInferenceResource.ENABLED, Boolean.toString(role.includes(Role.ROUTER) || role.includes(Role.SERVING)));
        set("quarkus.datasource.active", Boolean.toString(role.includes(Role.EXPERIMENTS)));
        set("quarkus.flyway.active", Boolean.toString(role.includes(Role.EXPERIMENTS)));
        if (settings.auth().isConfigured() && settings.auth().serviceKey().isEmpty()) {
            set("ringside.auth.service-key", Secrets.of(data).service());
        }
        if (config != null) {
            set("quarkus.config.locations", config.toUri().toString());
        }
    }

    private void setIfKnown(StartSettings settings, String key, @Nullable String value, Role wanted) {
        if (value != null && !role.includes(wanted) && settings.value(key).isEmpty()) {
            set(key, value);
        }
    }

    private static void set(String key, String value) {
        System.setProperty(key, value);
    }
}
