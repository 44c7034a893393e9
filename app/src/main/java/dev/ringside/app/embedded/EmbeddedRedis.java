package dev.ringside.app.embedded;

import dev.ringside.app.redis.RedisAddress;
import dev.ringside.app.redis.RedisProbe;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis, its data kept in the data folder, that answers this installation only: on the loopback, by password. One
 * that a killed process left running is used again.
 */
final class EmbeddedRedis implements EmbeddedServer {
    private static final System.Logger LOG = System.getLogger(EmbeddedRedis.class.getName());
    private static final String VERSION = "6.2.6";
    private static final String PROGRAM = "redis-server";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Path folder;
    private final Path program;
    private final Path configuration;
    private final Path output;
    private final int port;
    private final String password;

    private EmbeddedRedis(Path folder, Path program, int port, String password) {
        this.folder = folder;
        this.program = program;
        this.configuration = folder.resolve("redis.conf");
        this.output = folder.resolve("redis.out");
        this.port = port;
        this.password = password;
    }

    /** Prepares its folder; nothing runs yet. */
    static EmbeddedRedis prepare(DataFolder data, Ports ports) throws IOException {
        return new EmbeddedRedis(
                PrivateFiles.folder(data.resolve("redis")),
                unpacked(data.resolve("redis-binaries")),
                ports.redis(),
                Secrets.of(data).redis());
    }

    /** Its program, unpacked once: one that runs cannot be written to. */
    private static Path unpacked(Path folder) throws IOException {
        Path ready = PrivateFiles.folder(folder).resolve(VERSION).resolve(PROGRAM);
        if (!Files.exists(ready)) {
            Path begun = PrivateFiles.folder(folder.resolve("unpacking"));
            Path made = ExecutableProvider.newJarResourceProvider(begun.toFile())
                    .get()
                    .toPath();
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            PrivateFiles.folder(folder.resolve(VERSION));
            Files.move(made, ready, StandardCopyOption.ATOMIC_MOVE);
        }
        return ready.toRealPath();
    }

    RedisAddress address() {
        return RedisAddress.local(port, password);
    }

    @Override
    public String name() {
        return "redis";
    }

    /** Its program needs OpenSSL 3, which not every system has. */
    @Override
    public boolean isVital() {
        return false;
    }

    @Override
    public Path output() {
        return output;
    }

    @Override
    public Optional<String> portComplaint() {
        // One that a killed process has left is asked for its password at the start.
        return running().isPresent()
                ? Optional.empty()
                : PortHolder.complaint(InetAddress.getLoopbackAddress(), port, "Redis");
    }

    @Override
    public ProcessHandle start() throws IOException, InterruptedException {
        try (var probe = new RedisProbe(address())) {
            ProcessHandle before = running().orElse(null);
            if (before != null && isOurs(probe) == null) {
                LOG.log(System.Logger.Level.INFO, "redis: using the one that runs on port {0}", "" + port);
                return before;
            }
            stop();
            return start(probe);
        }
    }

    private ProcessHandle start(RedisProbe probe) throws IOException, InterruptedException {
        PrivateFiles.write(configuration, configuration());
        // In a session of its own: Ctrl-C in a terminal reaches the application alone, which stops it in order.
        Process server = new ProcessBuilder("setsid", program.toString(), configuration.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        PrivateFiles.write(pidFile(), Long.toString(server.pid()));
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            if (!server.isAlive()) {
                throw new IOException("redis ended with status " + server.exitValue()
                        + portComplaint().map(taken -> ": " + taken).orElse("") + "; its last words are in " + output);
            }
            String wrong = isOurs(probe);
            if (wrong == null) {
                return server.toHandle();
            }
            if (System.nanoTime() > giveUp) {
                server.destroyForcibly();
                throw new IOException("redis does not answer within " + LONGEST_START.toSeconds() + " s: " + wrong
                        + "; its last words are in " + output);
            }
            Thread.sleep(20);
        }
    }

    /** What shows that the server on the port is not this installation's; null if it is. */
    private @Nullable String isOurs(RedisProbe probe) throws InterruptedException {
        try {
            Path found = probe.folder();
            return found.toRealPath().equals(folder.toRealPath())
                    ? null
                    : "port " + port + " is another Redis's, of " + found;
        } catch (RedisException | IOException e) {
            return String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    private String configuration() {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir %s
                daemonize no
                save ""
                appendonly yes
                appendfsync everysec
                """.formatted(port, password, quoted(folder));
    }

    /** As Redis reads what may have blanks in it. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Path pidFile() {
        return folder.resolve("redis.pid");
    }

    /** The server that runs on this data, if the pid file is not of the past. */
    private Optional<ProcessHandle> running() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.equals(program.toString()))
                            .orElse(false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** SIGTERM: it writes what it has not written yet, and ends. */
    @Override
    public void stop() throws IOException {
        running().ifPresent(server -> {
            server.destroy();
            server.onExit()
                    .completeOnTimeout(server, LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
            server.destroyForcibly();
        });
    }
}
