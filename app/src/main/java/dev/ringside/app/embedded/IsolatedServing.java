package dev.ringside.app.embedded;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.app.servers.ServerWatch;
import dev.ringside.app.servers.Servers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The role serving as a child process on the same data folder: native code that crashes takes no other role with it, and
 * another child takes its place. It ends with the process that has started it, however that ends.
 */
public final class IsolatedServing implements EmbeddedServer {
    private static final String NAME = "serving";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final DataFolder data;
    private final Ports ports;
    private final @Nullable Path config;
    private volatile @Nullable Process process;

    private IsolatedServing(DataFolder data, Ports ports, @Nullable Path config) {
        this.data = data;
        this.ports = ports;
        this.config = config;
    }

    /** Where it answers. */
    public static URI address(Ports ports) {
        return URI.create("http://127.0.0.1:" + ports.http(Role.SERVING));
    }

    /**
     * Makes sure that it can listen.
     *
     * @throws StartRefused naming the port and who has it
     */
    public static void requireFree(Ports ports) throws StartRefused {
        ports.requireFree(Role.SERVING, "127.0.0.1");
    }

    /**
     * Starts it, and keeps it running until what is returned is closed; returns at once.
     *
     * @param config the properties file of this process; null for none
     * @param say takes a line when it goes away or is back
     */
    public static AutoCloseable keep(DataFolder data, Ports ports, @Nullable Path config, Consumer<String> say) {
        var server = new IsolatedServing(data, ports, config);
        Servers all = Servers.current();
        var watch = new ServerWatch(
                NAME, address(ports).toString(), true, new Alive(ports), Clock.systemUTC(), say, () -> 0);
        all.add(watch);
        return Keeper.starting(server, watch.start());
    }

    /** Asks it whether it is alive. */
    private static final class Alive implements ServerWatch.Probe {
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ONE_ANSWER)
                .build();
        private final HttpRequest question;

        Alive(Ports ports) {
            this.question = HttpRequest.newBuilder(address(ports).resolve("/v2/health/live"))
                    .timeout(ONE_ANSWER)
                    .build();
        }

        @Override
        public void ask() throws IOException, InterruptedException {
            int status = http.send(question, BodyHandlers.discarding()).statusCode();
            if (status != OK) {
                throw new IOException("it answers " + status);
            }
        }

        @Override
        public void close() {
            http.close();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Path output() {
        return data.resolve("serving.out");
    }

    @Override
    public Optional<String> portComplaint() {
        return PortHolder.complaint(InetAddress.getLoopbackAddress(), ports.http(Role.SERVING), "HTTP of role serving");
    }

    @Override
    public ProcessHandle start() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        // glibc's arenas, eight a core, keep what native libraries have freed.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        Process started = builder.start();
        process = started;
        try (var probe = new Alive(ports)) {
            awaitAlive(started, probe);
        } catch (IOException | InterruptedException e) {
            started.destroyForcibly();
            throw e;
        }
        return started.toHandle();
    }

    private void awaitAlive(Process started, Alive probe) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                probe.ask();
                return;
            } catch (IOException e) {
                if (!started.isAlive()) {
                    throw new IOException(
                            "serving ended with status " + started.exitValue() + "; its last words are in " + output());
                }
                if (System.nanoTime() > giveUp) {
                    throw new IOException(
                            "serving does not answer within " + LONGEST_START.toSeconds() + " s; its last words are in "
                                    + output(),
                            e);
                }
            }
            Thread.sleep(100);
        }
    }

    /** With the options of this process; what is said twice is what the last one says. */
    private List<String> command() {
        var command = new ArrayList<>(List.of(
                // A session of its own: Ctrl-C in a terminal reaches the application alone, which stops it in order.
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-jar",
                ApplicationFiles.jar().toString(),
                "up",
                "--role",
                NAME,
                "--child",
                "--data-dir",
                data.root().toString(),
                "--port",
                Integer.toString(ports.base())));
        if (config != null) {
            command.addAll(List.of("--config", config.toString()));
        }
        return command;
    }

    /** SIGTERM: it answers what it was asked, and ends. */
    @Override
    public void stop() {
        Process last = process;
        if (last == null) {
            return;
        }
        last.destroy();
        try {
            if (last.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.destroyForcibly();
    }
}
