package dev.ringside.app.load;

import dev.ringside.app.program.ServingProgram;
import dev.ringside.benchmarks.serving.Network;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Swaps a model for one of other bytes again and again while clients ask it, a file that cannot be loaded before each. */
final class Swaps implements ServedBench.Sides {
    private static final int CLIENTS = 4;
    private static final Duration SLICE = Duration.ofMillis(200);
    private static final int OK = 200;

    private final ServingProgram server;
    private final HttpClient http;
    private final int swaps;
    private final Questions questions = new Questions(Network.LARGE, 1);

    Swaps(ServingProgram server, HttpClient http, int swaps) {
        this.server = server;
        this.http = http;
        this.swaps = swaps;
    }

    @Override
    public double round(boolean reversed, Map<String, List<Double>> raw) throws IOException, InterruptedException {
        var ended = new AtomicBoolean();
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<long[]> asking = thread.submit(() -> ask(ended));
            double early = 0;
            try {
                byte[] good = Network.LARGE.file();
                for (int i = 1; i <= swaps; i++) {
                    load(Arrays.copyOf(good, good.length / 2), false);
                    load(withMark(good, i), true);
                    if (i == Math.max(1, swaps / 10)) {
                        early = server.residentBytes() / 1e6;
                    }
                }
            } finally {
                ended.set(true);
            }
            long[] seen = asking.get();
            ServedBench.note(raw, "swaps", swaps);
            ServedBench.note(raw, "requests", (double) (seen[0] + seen[1]));
            ServedBench.note(raw, "resident_mb_after_a_tenth", early);
            ServedBench.note(raw, "resident_mb", server.residentBytes() / 1e6);
            return (double) seen[1];
        } catch (ExecutionException e) {
            throw new IOException("the clients could not go on: " + e.getCause(), e);
        }
    }

    /** How many requests were answered, and how many failed. */
    private long[] ask(AtomicBoolean ended) throws IOException, InterruptedException {
        long[] seen = new long[2];
        HttpLoad load = questions.json(server.base(), 0);
        while (!ended.get()) {
            Outcome outcome = load.send(CLIENTS, SLICE);
            seen[0] += outcome.answered();
            seen[1] += outcome.failed();
        }
        return seen;
    }

    /** A field that nobody reads, the documentation of a model (6), makes other bytes of the same model. */
    private static byte[] withMark(byte[] model, int mark) {
        byte[] text = Integer.toString(mark).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(model, model.length + 2 + text.length);
        all[model.length] = 6 << 3 | 2;
        all[model.length + 1] = (byte) text.length;
        System.arraycopy(text, 0, all, model.length + 2, text.length);
        return all;
    }

    private void load(byte[] file, boolean succeeds) throws IOException, InterruptedException {
        Path model = server.models().resolve(questions.model()).resolve("1/model.onnx");
        Path next = Files.write(model.resolveSibling(".next"), file);
        Files.move(next, model, StandardCopyOption.ATOMIC_MOVE);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.base().resolve("/v2/repository/models/" + questions.model() + "/load"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if ((answer.statusCode() == OK) != succeeds) {
            throw new IOException("a load was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
