package dev.ringside.app.platform;

import dev.ringside.app.configuration.Role;
import dev.ringside.app.program.ProcessorTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of the platform that this one has started, its output kept in a file. */
final class ChildProcess {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofMinutes(1);
    private static final int LINES_SHOWN = 25;

    private final Role role;
    private final String name;
    private final Process process;
    private final Path output;

    private ChildProcess(Role role, Process process, Path output) {
        this.role = role;
        this.name = "the process of role " + role.label();
        this.process = process;
        this.output = output;
    }

    static ChildProcess start(Role role, List<String> command, Path output) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // glibc's arenas, eight a core, keep what native libraries have freed.
        builder.environment().putAll(Map.of("MALLOC_ARENA_MAX", "2"));
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(role, process, output);
    }

    Role role() {
        return role;
    }

    /** Waits until {@code GET /q/health/ready} says yes. */
    void awaitReady(HttpClient http, URI base) throws IOException, InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(base.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        await(() -> {
            try {
                return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    /** Waits until something holds. */
    void await(BooleanSupplier ready) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IOException(
                        name + " ended with status " + process.exitValue() + " while it started" + lastWords());
            }
            if (System.nanoTime() > giveUp) {
                throw new IOException(name + " is not ready after " + LONGEST_START.toSeconds() + " s" + lastWords());
            }
            Thread.sleep(100);
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(output);
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        return "; the last lines of " + output + ":\n  " + String.join("\n  ", last);
    }

    double processorSeconds() throws IOException {
        return ProcessorTime.seconds(process.pid());
    }

    /** Stops it in order: SIGTERM. */
    void stop() {
        process.destroy();
        try {
            if (process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
