package dev.ringside.app.command;

import dev.ringside.app.configuration.Configuration;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.EmbeddedParts;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.http.OpenInferenceResource;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts one role, or all of them with embedded PostgreSQL and Kafka, and runs until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the platform and runs until SIGTERM or Ctrl-C.",
            "Role all starts PostgreSQL and Kafka on this machine unless their addresses are configured"
                    + " (kafka.bootstrap.servers, quarkus.datasource.jdbc.url). Everything is kept in one data folder."
        })
public final class UpCommand implements Callable<Integer> {
    static final String KAFKA = "kafka.bootstrap.servers";
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = Configuration.check().problems(config);
        if (!problems.isEmpty()) {
            var err = spec.commandLine().getErr();
            err.println("the configuration has " + problems.size() + " problem(s):");
            problems.forEach(p -> err.println("  - " + p));
            return 2;
        }
        var ports = new Ports(port);
        DataFolder data;
        try {
            data = DataFolder.open(dataDir);
            data.lock(role);
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
        EmbeddedParts parts = parts(data, ports);
        if (parts == null) {
            return 2;
        }
        Addresses addresses = Addresses.publish(data, role, ports, parts);
        if (role == Role.NONE) {
            return runEmbeddedAlone(parts, addresses);
        }
        configure(data, ports, parts, addresses);
        // Hooks run at the same time: this one lets the application stop before what it needs.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Application application = Application.currentApplication();
                            if (application != null) {
                                application.awaitShutdown();
                            }
                            parts.stop();
                        },
                        "stop-embedded"));
        spec.commandLine()
                .getOut()
                .println("ringside " + role.label() + " starts at "
                        + addresses.roles().get(role.label()) + ", data in " + data.root());
        spec.commandLine().getOut().flush();
        Quarkus.run();
        return 0;
    }

    private @Nullable EmbeddedParts parts(DataFolder data, Ports ports) throws IOException, InterruptedException {
        String kafka = configured(KAFKA);
        String postgres = configured(POSTGRES);
        if (role == Role.ALL || role == Role.NONE) {
            return EmbeddedParts.start(data, ports, kafka, postgres, ApplicationFiles.broker());
        }
        Addresses known = Addresses.read(data);
        kafka = kafka == null ? known.kafka() : kafka;
        postgres = postgres == null ? known.postgres() : postgres;
        if (kafka == null || (postgres == null && role == Role.EXPERIMENTS)) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "role " + role.label() + " needs " + (kafka == null ? KAFKA : POSTGRES)
                                    + " configured, or the embedded parts running on the same data folder: ringside up --role none");
            return null;
        }
        return new EmbeddedParts(kafka, postgres == null ? "" : postgres, null, null);
    }

    private int runEmbeddedAlone(EmbeddedParts parts, Addresses addresses) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(parts::stop, "stop-embedded"));
        spec.commandLine()
                .getOut()
                .println("embedded parts run: kafka at " + addresses.kafka() + ", postgres at " + addresses.postgres());
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private void configure(DataFolder data, Ports ports, EmbeddedParts parts, Addresses addresses) {
        set("quarkus.http.port", Integer.toString(ports.http(role)));
        // Quarkus' own check answers a malformed address without a body; left alone it reaches Errors.
        set("vertx.disableURIValidation", "true");
        // So that Netty finds UnreadableRequests.
        set("io.netty.bootstrap.extensions", "serviceload");
        set(KAFKA, parts.kafka());
        set(POSTGRES, parts.postgres());
        set("ringside.platform.data-dir", data.root().toString());
        setIfKnown("ringside.platform.experiments-url", addresses.of(Role.EXPERIMENTS), Role.EXPERIMENTS);
        setIfKnown("ringside.platform.serving-url", addresses.of(Role.SERVING), Role.SERVING);
        for (Role each : List.of(Role.ROUTER, Role.SERVING, Role.INGEST, Role.METRICS, Role.EXPERIMENTS)) {
            set("ringside.role." + each.label() + ".enabled", Boolean.toString(role.includes(each)));
        }
        set(OpenInferenceResource.ENABLED, Boolean.toString(role.includes(Role.ROUTER) || role.includes(Role.SERVING)));
        set("quarkus.datasource.active", Boolean.toString(role.includes(Role.EXPERIMENTS)));
        set("quarkus.flyway.active", Boolean.toString(role.includes(Role.EXPERIMENTS)));
        if (config != null) {
            set("quarkus.config.locations", config.toUri().toString());
        }
    }

    private void setIfKnown(String key, @Nullable String value, Role wanted) {
        if (value != null && !role.includes(wanted) && configured(key) == null) {
            set(key, value);
        }
    }

    private static void set(String key, String value) {
        System.setProperty(key, value);
    }

    /** What system properties or the environment say. */
    static @Nullable String configured(String key) {
        String property = System.getProperty(key);
        return property != null
                ? property
                : System.getenv(key.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"));
    }
}
