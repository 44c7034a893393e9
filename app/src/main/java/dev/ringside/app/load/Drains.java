package dev.ringside.app.load;

import dev.ringside.app.load.Balancer.Backend;
import dev.ringside.app.program.ServingProgram;
import dev.ringside.benchmarks.serving.Network;
import dev.ringside.grpc.ModelInferRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Stops a model server by SIGTERM again and again, another one ready beside it, while clients ask over REST and over gRPC
 * through what stops sending to a server that says it is not ready.
 */
final class Drains implements ServedBench.Sides {
    /** Of each kind. */
    private static final int CLIENTS = 4;

    /** Between an answer and the next question: the servers that start meanwhile need the processors too. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a stop goes on answering once it is not ready; the balancer needs a twentieth of it. */
    private static final String DELAY_SECONDS = "1";

    private final Path folder;
    private final HttpClient http;
    private final int stops;
    private final Questions questions = new Questions(Network.SMALL, 1);
    private final byte[] body = questions.body("");

    Drains(Path folder, HttpClient http, int stops) {
        this.folder = folder;
        this.http = http;
        this.stops = stops;
    }

    /** What clients have seen; each is one thread's. */
    private static final class Seen {
        private long answered;
        private long failed;
        private @Nullable String first;

        private void fails(String why) {
            failed++;
            first = first == null ? why : first;
        }
    }

    @Override
    public double round(boolean reversed, Map<String, List<Double>> raw) throws IOException, InterruptedException {
        var ended = new AtomicBoolean();
        List<Seen> rest;
        List<Seen> grpc;
        var seconds = new ArrayList<Double>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * CLIENTS);
                var balancer = new Balancer(http)) {
            ServingProgram running = start(0);
            try {
                Backend serving = balancer.add(running);
                List<Future<Seen>> overRest = new ArrayList<>();
                List<Future<Seen>> overGrpc = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    overRest.add(threads.submit(() -> askOverRest(balancer, ended)));
                    overGrpc.add(threads.submit(() -> askOverGrpc(balancer, ended)));
                }
                try {
                    for (int stop = 1; stop <= stops; stop++) {
                        ServingProgram next = start(stop);
                        Backend successor = balancer.add(next);
                        long began = System.nanoTime();
                        running.close();
                        seconds.add((System.nanoTime() - began) / 1e9);
                        balancer.remove(serving);
                        running = next;
                        serving = successor;
                    }
                } finally {
                    ended.set(true);
                }
                rest = all(overRest);
                grpc = all(overGrpc);
            } finally {
                ended.set(true);
                running.close();
            }
        }
        return tell(rest, grpc, seconds, raw);
    }

    private static double tell(List<Seen> rest, List<Seen> grpc, List<Double> seconds, Map<String, List<Double>> raw)
            throws IOException {
        double failed = 0;
        for (List<Seen> kind : List.of(rest, grpc)) {
            String name = kind.equals(rest) ? "rest" : "grpc";
            long asked =
                    kind.stream().mapToLong(seen -> seen.answered + seen.failed).sum();
            if (asked == 0) {
                throw new IOException("nothing was asked over " + name);
            }
            ServedBench.note(raw, "requests_" + name, (double) asked);
            double lost = kind.stream().mapToLong(seen -> seen.failed).sum();
            ServedBench.note(raw, "failed_" + name, lost);
            failed += lost;
            kind.stream()
                    .map(seen -> seen.first)
                    .filter(Objects::nonNull)
                    .forEach(why -> System.err.println(name + " failed first with: " + why));
        }
        ServedBench.note(raw, "stops", seconds.size());
        ServedBench.note(
                raw,
                "longest_stop_s",
                seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        return failed;
    }

    /** Two folders take turns: the last but one has ended. */
    private ServingProgram start(int number) throws IOException, InterruptedException {
        Path own = folder.resolve("drained-" + number % 2);
        Path version = own.resolve("models").resolve(questions.model()).resolve("1");
        Files.write(Files.createDirectories(version).resolve("model.onnx"), Network.SMALL.file());
        return ServingProgram.start(own, http, List.of(), List.of("--shutdown-delay", DELAY_SECONDS));
    }

    private static List<Seen> all(List<Future<Seen>> clients) throws IOException, InterruptedException {
        var seen = new ArrayList<Seen>();
        for (Future<Seen> client : clients) {
            try {
                seen.add(client.get());
            } catch (ExecutionException e) {
                throw new IOException("a client could not go on: " + e.getCause(), e);
            }
        }
        return seen;
    }

    private Seen askOverRest(Balancer balancer, AtomicBoolean ended) throws IOException, InterruptedException {
        var seen = new Seen();
        @Nullable Backend last = null;
        @Nullable HttpConnection connection = null;
        HttpRequests request = HttpRequests.post(URI.create("http://127.0.0.1"), questions.path(), List.of(body));
        try {
            while (!ended.get()) {
                Backend backend = balancer.forRest();
                try {
                    if (connection == null || connection.isOver() || backend != last) {
                        if (connection != null) {
                            connection.close();
                        }
                        connection = new HttpConnection(backend.server().base());
                        last = backend;
                    }
                    if (connection.ask(request.at(0)) >= 0) {
                        seen.answered++;
                    } else {
                        seen.fails("a status other than 200");
                    }
                } catch (IOException e) {
                    seen.fails(e.toString());
                    if (connection != null) {
                        connection.close();
                    }
                    connection = null;
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
        return seen;
    }

    private Seen askOverGrpc(Balancer balancer, AtomicBoolean ended) throws IOException, InterruptedException {
        var seen = new Seen();
        ModelInferRequest request = questions.message();
        while (!ended.get()) {
            Backend backend = balancer.forGrpc();
            try {
                var _ = backend.stub(PATIENCE).modelInfer(request);
                seen.answered++;
            } catch (StatusRuntimeException e) {
                seen.fails(e.toString());
            }
            Thread.sleep(PAUSE);
        }
        return seen;
    }
}
