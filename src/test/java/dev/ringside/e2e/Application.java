package dev.ringside.e2e;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The packaged application, run as a user does: a command, its output in a file, its exit status. */
final class Application implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("ringside.home", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Path JAR = HOME.resolve("app/target/quarkus-app/quarkus-run.jar");

    /** PostgreSQL's programs, for all data folders: to unpack them takes seconds of a processor. */
    static final Path BINARIES = HOME.resolve("src/test/target/postgres-binaries");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Read by each process's JVM, also by those that the first one starts, which say so in a line. */
    private static final String OPTIONS = "JDK_JAVA_OPTIONS";

    /**
     * The environment of processes that end within minutes: the second compiler would take more than it gives, half of
     * all that a platform needs until it is ready.
     */
    static final Map<String, String> BRIEF = Map.of(OPTIONS, "-XX:TieredStopAtLevel=1");

    private static final String OPTIONS_PICKED_UP = "NOTE: Picked up " + OPTIONS + ".*\\R";

    private final Process process;
    private final Path output;

    private Application(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a {@linkplain #BRIEF brief} command; properties are {@code -Dkey=value}. */
    static Application start(Path output, List<String> properties, String... arguments) throws IOException {
        return start(BRIEF, output, properties, arguments);
    }

    /** Starts a command, such as one that works for minutes, in an environment. */
    static Application start(Map<String, String> environment, Path output, String... arguments) throws IOException {
        return start(environment, output, List.of(), arguments);
    }

    private static Application start(
            Map<String, String> environment, Path output, List<String> properties, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dringside.platform.home=" + HOME,
                "-Dringside.embedded.postgres.binaries=" + BINARIES));
        command.addAll(properties);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Application(process, output);
    }

    /** Runs a command to its end. */
    static Application run(Path output, Duration limit, String... arguments) throws IOException, InterruptedException {
        Application application = start(output, List.of(), arguments);
        application.awaitExit(limit);
        return application;
    }

    int awaitExit(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new AssertionError("still running after " + limit + ":\n" + output());
        }
        return process.exitValue();
    }

    int status() {
        return process.exitValue();
    }

    /** Waits until something holds, also while nobody listens yet. */
    void await(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (holds.call()) {
                    return;
                }
            } catch (IOException | StatusRuntimeException e) {
                // Not listening yet.
            }
            if (!isAlive() || System.nanoTime() > end) {
                throw new AssertionError("not " + what + ":\n" + output());
            }
            Thread.sleep(10);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** What it has printed, without what its JVM says of its options. */
    String output() throws IOException {
        return Files.readString(output).replaceFirst(OPTIONS_PICKED_UP, "");
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL of it alone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it and whatever it started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
