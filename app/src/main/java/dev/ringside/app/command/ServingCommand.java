package dev.ringside.app.command;

import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.embedded.StartRefused;
import dev.ringside.app.http.OpenInferenceResource;
import dev.ringside.serving.repository.ModelFolder;
import dev.ringside.serving.repository.RepositoryConfig.Control;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a folder of models without PostgreSQL, Kafka or a data folder, and runs until it is stopped. */
@Command(
        name = "serving",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves a folder of models, NAME/1/model.onnx or model.pt, and runs until SIGTERM or Ctrl-C.",
            "Nothing else is needed: no PostgreSQL, no Kafka, no data folder, no configuration of a model. The names of"
                    + " Triton's options are understood too."
        })
public final class ServingCommand implements Callable<Integer> {
    private static final String HOST = "quarkus.http.host";
    private static final String CONTROL = "ringside.repository.control";
    private static final int GRPC_PORT = 8001;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MISTAKEN = 2;

    @Option(
            names = {"--models", "--model-repository"},
            paramLabel = "DIR",
            required = true,
            description = "The folder, with a subfolder for each model and in that one for each version.")
    Path models = Path.of("");

    @Option(
            names = {"--port", "--http-port"},
            paramLabel = "PORT",
            description = "The port of HTTP; default ${DEFAULT-VALUE}.")
    int port = 8000;

    @Option(names = "--grpc-port", paramLabel = "PORT", description = "The port of gRPC, 0 for none; default 8001.")
    @Nullable
    Integer grpcPort;

    @Option(
            names = {"--host", "--http-address"},
            paramLabel = "ADDRESS",
            description = "The address to listen on; default 127.0.0.1. Any that others can reach needs API keys.")
    @Nullable
    String host;

    @Option(
            names = {"--model-control", "--model-control-mode"},
            paramLabel = "MODE",
            description = "none: all models are loaded at the start, and stay. poll: also when the folder changes."
                    + " explicit: those of --load-model are loaded at the start, others by clients"
                    + " (/v2/repository/models/NAME/load). Default none.")
    @Nullable
    Control control;

    @Option(
            names = "--load-model",
            paramLabel = "NAME",
            description = "A model to load at the start, with --model-control explicit; * for all. May be repeated.")
    List<String> load = List.of();

    @Option(
            names = {"--poll-seconds", "--repository-poll-secs"},
            paramLabel = "SECONDS",
            description = "How often the folder is looked at, with --model-control poll; default 15.")
    @Nullable
    Integer pollSeconds;

    @Option(
            names = "--strict-readiness",
            paramLabel = "true|false",
            arity = "1",
            description = "Whether the process is ready only when every model answers; default true.")
    @Nullable
    Boolean strictReadiness;

    @Option(
            names = "--shutdown-delay",
            paramLabel = "SECONDS",
            description = "How long a stop goes on answering once it is not ready, for balancers to see it; default 0.")
    int shutdownDelay;

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
    public Integer call() throws IOException {
        if (!ServerStart.prepare(config, spec.commandLine().getErr())) {
            return MISTAKEN;
        }
        StartSettings settings = StartSettings.read(config);
        String address =
                Optional.ofNullable(host).or(() -> settings.value(HOST)).orElse("127.0.0.1");
        GrpcPort grpc = grpcPort == null ? GrpcPort.of(settings, GRPC_PORT) : new GrpcPort(grpcPort);
        Optional<String> mistake = mistake(address, grpc, settings);
        if (mistake.isPresent()) {
            spec.commandLine().getErr().println(mistake.get());
            return MISTAKEN;
        }
        configure(address, grpc);
        URI base = URI.create("http://" + reachable(address) + ":" + port);
        say("ringside serving starts at " + base
                + (grpc.port() > 0 ? ", gRPC at " + reachable(address) + ":" + grpc.port() : "") + ", models in "
                + models.toAbsolutePath().normalize());
        ReadyLine.follow(base, "ready: " + base + ", stop with Ctrl-C", this::say);
        Quarkus.run();
        return 0;
    }

    /** The name under which this machine reaches what listens there. */
    private static String reachable(String address) {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "127.0.0.1";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private Optional<String> mistake(String address, GrpcPort grpc, StartSettings settings) {
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.of("--port: expected 1 to " + HIGHEST_PORT + ", found " + port);
        }
        if (grpc.port() < 0 || grpc.port() > HIGHEST_PORT) {
            return Optional.of("--grpc-port: expected 0 for none to " + HIGHEST_PORT + ", found " + grpc.port());
        }
        if (grpc.port() == port) {
            return Optional.of("--grpc-port: expected another port than that of HTTP, found " + port + " for both");
        }
        if (pollSeconds != null && pollSeconds < 1) {
            return Optional.of("--poll-seconds: expected 1 or more, found " + pollSeconds);
        }
        if (shutdownDelay < 0) {
            return Optional.of("--shutdown-delay: expected 0 or more, found " + shutdownDelay);
        }
        Control decides = Optional.ofNullable(control)
                .or(() -> settings.value(CONTROL).map(word -> Control.valueOf(word.toUpperCase(Locale.ROOT))))
                .orElse(Control.NONE);
        if (!load.isEmpty() && decides != Control.EXPLICIT) {
            return Optional.of("--load-model: says which models are loaded with --model-control explicit; with "
                    + decides.name().toLowerCase(Locale.ROOT) + " all are");
        }
        Optional<String> unusable = new ModelFolder(models).complaint(decides == Control.NONE);
        if (unusable.isPresent()) {
            return unusable.map(words -> "--models: " + words);
        }
        try {
            OpenDoor.requireAuthentication(address, settings.auth());
            Ports.requireFree(port, address, "HTTP", "name another port with --port");
            grpc.requireFree(address, "name another port with --grpc-port");
            return Optional.empty();
        } catch (StartRefused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void configure(String address, GrpcPort grpc) {
        set(HOST, address);
        set("quarkus.http.port", Integer.toString(port));
        grpc.configure();
        set("ringside.repository.models", models.toAbsolutePath().normalize().toString());
        if (control != null) {
            set(CONTROL, control.name().toLowerCase(Locale.ROOT));
        }
        if (pollSeconds != null) {
            set("ringside.repository.poll-interval", pollSeconds + "s");
        }
        if (strictReadiness != null) {
            set("ringside.repository.strict-readiness", strictReadiness.toString());
        }
        if (shutdownDelay > 0) {
            set("quarkus.shutdown.delay", shutdownDelay + "s");
        }
        if (!load.isEmpty()) {
            set("ringside.repository.load", String.join(",", load));
        }
        // Nothing is kept, and whatever lies in the data folder of an installation is another process's.
        set(
                "ringside.platform.data-dir",
                Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "ringside-serving-" + ProcessHandle.current().pid())
                        .toString());
        for (String role : List.of("router", "serving", "ingest", "metrics", "experiments")) {
            set("ringside.role." + role + ".enabled", "false");
        }
        set(OpenInferenceResource.ENABLED, "true");
        set("quarkus.datasource.active", "false");
        set("quarkus.flyway.active", "false");
        if (config != null) {
            set("quarkus.config.locations", config.toUri().toString());
        }
    }

    private static void set(String key, String value) {
        System.setProperty(key, value);
    }
}
