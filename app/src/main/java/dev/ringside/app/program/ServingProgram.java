package dev.ringside.app.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A model server of our own, {@code ringside serving} on a folder, in a process of its own. */
public final class ServingProgram implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final long PAGE = 4096; // the only page size of Linux on x86-64
    private static final int LAST_LINES = 15;
    private static final int OK = 200;

    private final Process process;
    private final Path models;
    private final Path output;
    private final int port;
    private final int grpcPort;

    private ServingProgram(Process process, Path models, Path output, int port, int grpcPort) {
        this.process = process;
        this.models = models;
        this.output = output;
        this.port = port;
        this.grpcPort = grpcPort;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param folder where its models are, in {@code models}, and its output goes
     * @param java more options of its JVM, behind those that it has by itself
     * @param options more options of the command, beside models and ports
     * @throws IOException if it does not start
     */
    public static ServingProgram start(Path folder, HttpClient http, List<String> java, List<String> options)
            throws IOException, InterruptedException {
        Path models = folder.resolve("models");
        int port = freePort();
        int grpcPort = freePort();
        Path output = folder.resolve("serving.out");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        command.addAll(java);
        command.addAll(List.of(
                "-jar",
                ApplicationFiles.jar().toString(),
                "serving",
                "--models",
                models.toString(),
                "--port",
                Integer.toString(port),
                "--grpc-port",
                Integer.toString(grpcPort)));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        var server = new ServingProgram(process, models, output, port, grpcPort);
        try {
            server.awaitReady(http);
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(HttpClient http) throws IOException, InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(base().resolve("/v2/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                if (http.send(probe, BodyHandlers.discarding()).statusCode() == OK) {
                    return;
                }
            } catch (IOException e) {
                if (!isAlive() || System.nanoTime() > giveUp) {
                    throw new IOException("the server does not start:\n" + lastWords(), e);
                }
            }
            Thread.sleep(50);
        }
    }

    /** The folder of its models. */
    public Path models() {
        return models;
    }

    /** Where it answers HTTP. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where it answers gRPC, on the loopback. */
    public int grpcPort() {
        return grpcPort;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of what it has printed. */
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Its resident memory. */
    public long residentBytes() throws IOException {
        String[] pages =
                Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ", 3);
        return Long.parseLong(pages[1]) * PAGE;
    }

    /** The processor time that it has taken so far, in seconds, to the hundredth. */
    public double processorSeconds() throws IOException {
        return ProcessorTime.seconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
