package dev.ringside.app.platform;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.embedded.Addresses;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A platform of our own: the packaged application as one process or one for each role, with embedded PostgreSQL and
 * Kafka, in one data folder. One thread starts and kills it at a time; any may close it, for good, meanwhile.
 */
public final class Platform implements AutoCloseable {
    private final Path jar;
    private final DataFolder data;
    private final Ports ports;
    private final List<Part> parts;
    private final Map<String, String> settings;
    private final List<ChildProcess> running = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * @param jar the packaged application, {@code quarkus-run.jar}
     * @param data where it keeps everything
     * @param ports where it listens
     * @param layout which processes it has
     * @param settings configuration by key
     */
    public Platform(Path jar, DataFolder data, Ports ports, Layout layout, Map<String, String> settings) {
        this.jar = jar;
        this.data = data;
        this.ports = ports;
        this.parts = layout.parts();
        this.settings = Map.copyOf(settings);
    }

    /** Starts all processes, and returns when all are ready. */
    public void start() throws IOException, InterruptedException {
        Files.deleteIfExists(data.resolve("ports.json"));
        for (Part part : parts) {
            ChildProcess process = start(part);
            running.add(process);
            if (closed) {
                process.stop(); // started while the others were being stopped
                throw new IOException("stopped while it started");
            }
            if (part.role() == Role.NONE) {
                process.await(() -> addresses().kafka() != null);
            }
        }
        for (ChildProcess process : running) {
            if (process.role() != Role.NONE) {
                process.awaitReady(http, here(process.role()));
            }
        }
    }

    private URI here(Role role) {
        return URI.create("http://127.0.0.1:" + ports.http(role));
    }

    private ChildProcess start(Part part) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(part.options());
        // What a killed process has unpacked goes with this one's.
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        if (part.role() != Role.ALL) {
            // They start side by side: the file of addresses may not name the others yet.
            command.add("-Dringside.platform.experiments-url=" + here(Role.EXPERIMENTS));
            command.add("-Dringside.platform.serving-url=" + here(Role.SERVING));
        }
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "up",
                "--role",
                part.role().label(),
                "--data-dir",
                data.root().toString(),
                "--port",
                Integer.toString(ports.base())));
        return ChildProcess.start(part.role(), command, data.resolve(part.role().label() + ".out"));
    }

    /** Where everything listens, by the data folder's own word. */
    public Addresses addresses() {
        try {
            return Addresses.read(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The HTTP address of a role. */
    public URI address(Role role) {
        String address = addresses().of(role);
        if (address == null) {
            throw new IllegalStateException("ports.json names no address of role " + role.label());
        }
        return URI.create(address);
    }

    /** The processor time that the process of a role has taken so far, in seconds. */
    public double processorSeconds(Role role) throws IOException {
        return running.stream()
                .filter(process -> process.role() == role)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no process of role " + role.label()))
                .processorSeconds();
    }

    /** All processes, those that the platform's own have started among them. */
    public ProcessTree processes() {
        return new ProcessTree(data.resolve("postgres").resolve("postmaster.pid"));
    }

    /** Ends everything without notice: the application and all that it has started. */
    public void kill() throws IOException, InterruptedException {
        processes().kill();
        running.clear();
    }

    /** Stops everything in order, the last started first. */
    @Override
    public void close() {
        closed = true;
        for (ChildProcess process : running.reversed()) {
            process.stop();
        }
        running.clear();
        http.close();
    }
}
