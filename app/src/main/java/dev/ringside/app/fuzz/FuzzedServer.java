package dev.ringside.app.fuzz;

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
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A model server of our own, {@code ringside serving} on a folder with {@link EchoFile} in it, in a process of its own. */
final class FuzzedServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final long PAGE = 4096; // the only page size of Linux on x86-64
    private static final int LAST_LINES = 15;
    private static final int OK = 200;

    private final Process process;
    private final Path models;
    private final Path output;
    private final int port;
    private final int grpcPort;

    private FuzzedServer(Process process, Path models, Path output, int port, int grpcPort) {
        this.process = process;
        this.models = models;
        this.output = output;
        this.port = port;
        this.grpcPort = grpcPort;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param jar the packaged application
     * @param folder for its models and its output
     * @throws IOException if it does not start
     */
    static FuzzedServer start(Path jar, Path folder, HttpClient http) throws IOException, InterruptedException {
        Path models = folder.resolve("models");
        Path version =
                Files.createDirectories(models.resolve(RightRequests.MODEL).resolve("1"));
        Files.write(version.resolve("model.onnx"), EchoFile.bytes());
        int port = freePort();
        int grpcPort = freePort();
        Path output = folder.resolve("serving.out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-jar",
                        jar.toString(),
                        "serving",
                        "--models",
                        models.toString(),
                        "--model-control",
                        "explicit",
                        "--load-model",
                        RightRequests.MODEL,
                        "--port",
                        Integer.toString(port),
                        "--grpc-port",
                        Integer.toString(grpcPort))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        var server = new FuzzedServer(process, models, output, port, grpcPort);
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

    Path models() {
        return models;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int grpcPort() {
        return grpcPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of what it has printed. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Its resident memory. */
    long residentBytes() throws IOException {
        String[] pages =
                Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ", 3);
        return Long.parseLong(pages[1]) * PAGE;
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
