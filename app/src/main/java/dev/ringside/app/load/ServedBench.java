package dev.ringside.app.load;

import dev.ringside.app.http.EmptyRoute;
import dev.ringside.app.program.ServingProgram;
import dev.ringside.benchmarks.serving.Keyed;
import dev.ringside.benchmarks.serving.Network;
import dev.ringside.benchmarks.serving.PlainLoop;
import dev.ringside.benchmarks.serving.ServingMeasured;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures a model server that it starts and stops, beside what it is compared with: both take turns, and each round begins
 * with the other.
 */
public final class ServedBench {
    /** So many keep the server busy. */
    private static final int CLIENTS = 16;

    private static final int ROWS = 32;

    /** So many times as many are too many. */
    private static final int OVERLOAD = 10;

    private static final long IN_TIME_MICROS = 250_000;

    private final int rounds;
    private final Duration each;
    private final int swaps;
    private final int stops;
    private final @Nullable URI peer;

    /**
     * @param rounds how often each measure is taken
     * @param each how long each of the two sides of a round takes
     * @param swaps how many swaps there are
     * @param stops how many servers are stopped
     * @param peer where another server serves the bench's networks; null if none does
     */
    public ServedBench(int rounds, Duration each, int swaps, int stops, @Nullable URI peer) {
        this.rounds = rounds;
        this.each = each;
        this.swaps = swaps;
        this.stops = stops;
        this.peer = peer;
    }

    /**
     * Measures, one after the other.
     *
     * @param folder for the server's files, which the caller deletes
     * @param progress hears that a round begins, counted from 0 over all measures
     * @throws IOException if the server does not start, ends, or does not answer
     * @throws ModelFailure if a network cannot be run in this process
     */
    public List<ServingMeasured> measure(List<ServedMeasure> measures, Path folder, ObjIntConsumer<Keyed> progress)
            throws IOException, InterruptedException, ModelFailure {
        writeNetworks(folder.resolve("models"));
        var found = new ArrayList<ServingMeasured>();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ServingProgram server = ServingProgram.start(
                        folder,
                        http,
                        List.of("-D" + EmptyRoute.ENABLED + "=true"),
                        List.of("--model-control", "explicit", "--load-model", "*"))) {
            int begun = 0;
            for (ServedMeasure measure : measures) {
                var values = new ArrayList<Double>();
                Map<String, List<Double>> raw = new LinkedHashMap<>();
                try (Sides sides = sides(measure, server, http, folder)) {
                    int takes = measure.isTakenOnce() ? 1 : rounds;
                    if (takes > 1) {
                        sides.round(false, new LinkedHashMap<>()); // what is compiled by then
                    }
                    for (int round = 0; round < takes; round++) {
                        progress.accept(measure, begun++);
                        values.add(sides.round(round % 2 == 1, raw));
                    }
                }
                found.add(ServingMeasured.of(measure, values, raw));
            }
        }
        return found;
    }

    /**
     * Writes the networks that are asked as a model repository: {@code NAME/1/model.onnx}, where NAME is what its layers are
     * wide.
     */
    public static void writeNetworks(Path repository) throws IOException {
        for (Network network : List.of(Network.SMALL, Network.LARGE)) {
            Path version = repository.resolve(network.name()).resolve("1");
            Files.write(Files.createDirectories(version).resolve("model.onnx"), network.file());
        }
    }

    private Sides sides(ServedMeasure measure, ServingProgram server, HttpClient http, Path folder)
            throws IOException, ModelFailure {
        var small = new Questions(Network.SMALL, ROWS);
        var large = new Questions(Network.LARGE, ROWS);
        return switch (measure) {
            case JSON_1_RATIO -> new BesideAnEmptyPost(server, new Questions(Network.SMALL, 1));
            case BINARY_RATIO -> new BesideTheLoop(server, small, small.binary(server.base()));
            case BINARY_RATIO_LARGE -> new BesideTheLoop(server, large, large.binary(server.base()));
            case GRPC_RATIO -> new BesideTheLoop(server, small, small.grpc(server.grpcPort()));
            case PEER_RATIO ->
                new BesideAPeer(
                        Objects.requireNonNull(peer, "no peer"),
                        server.base(),
                        new Questions(Network.SMALL, 1),
                        CLIENTS,
                        each);
            case OVERLOAD_GOODPUT_RATIO -> new BesideTenTimes(server);
            case SWAP_FAILURES -> new Swaps(server, http, swaps);
            case DRAIN_FAILURES -> new Drains(folder, http, stops);
        };
    }

    static void note(Map<String, List<Double>> raw, String name, double value) {
        raw.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** What is compared. */
    interface Sides extends AutoCloseable {
        /**
         * Runs both.
         *
         * @param reversed whether the second goes first
         * @param raw where the figures go that the value is made of
         */
        double round(boolean reversed, Map<String, List<Double>> raw)
                throws IOException, InterruptedException, ModelFailure;

        @Override
        default void close() throws ModelFailure {}
    }

    private static Outcome answeredAll(Outcome outcome, ServingProgram server) throws IOException {
        if (outcome.failed() > 0 || outcome.answered() == 0) {
            throw new IOException(outcome.failed() + " of " + (outcome.answered() + outcome.failed())
                    + " requests failed; the server's last words:\n" + server.lastWords());
        }
        return outcome;
    }

    private final class BesideAnEmptyPost implements Sides {
        private final ServingProgram server;
        private final HttpLoad served;
        private final HttpLoad empty;

        BesideAnEmptyPost(ServingProgram server, Questions questions) throws IOException {
            this.server = server;
            this.served = questions.json(server.base(), 0);
            this.empty = new HttpLoad(
                    server.base(),
                    EmptyRoute.PATH + "?" + EmptyRoute.BYTES + "=" + served.answerBytes(),
                    questions.body(""));
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw) throws IOException, InterruptedException {
            double second = reversed ? perSecond(empty, "_empty", raw) : 0;
            double first = perSecond(served, "", raw);
            return first / (reversed ? second : perSecond(empty, "_empty", raw));
        }

        private double perSecond(HttpLoad load, String name, Map<String, List<Double>> raw)
                throws IOException, InterruptedException {
            double before = server.processorSeconds();
            Outcome outcome = answeredAll(load.send(CLIENTS, each), server);
            note(raw, "requests_per_second" + name, outcome.perSecond());
            note(raw, "processor_us" + name, (server.processorSeconds() - before) * 1e6 / outcome.answered());
            note(raw, "p99_ms" + name, outcome.millis(0.99));
            return outcome.perSecond();
        }
    }

    private final class BesideTheLoop implements Sides {
        private final ServingProgram server;
        private final Load load;
        private final PlainLoop loop;
        private final int rows;

        BesideTheLoop(ServingProgram server, Questions questions, Load load) throws ModelFailure {
            this.server = server;
            this.load = load;
            this.loop = new PlainLoop(questions.network(), System::nanoTime);
            this.rows = questions.rows();
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw)
                throws IOException, InterruptedException, ModelFailure {
            double plain = reversed ? loop.rowsPerSecond(rows, each) : 0;
            double before = server.processorSeconds();
            Outcome outcome = answeredAll(load.send(CLIENTS, each), server);
            double processor = server.processorSeconds() - before;
            if (!reversed) {
                plain = loop.rowsPerSecond(rows, each);
            }
            double served = outcome.answered() * rows / processor;
            note(raw, "rows_per_second", outcome.perSecond() * rows);
            note(raw, "rows_per_processor_second", served);
            note(raw, "rows_per_second_of_the_session", plain);
            note(raw, "processor_us_a_request", processor * 1e6 / outcome.answered());
            note(raw, "p99_ms", outcome.millis(0.99));
            return served / plain;
        }

        @Override
        public void close() throws ModelFailure {
            load.close();
            loop.close();
        }
    }

    private final class BesideTenTimes implements Sides {
        private final ServingProgram server;
        private final HttpLoad load;

        BesideTenTimes(ServingProgram server) {
            this.server = server;
            this.load = new Questions(Network.LARGE, ROWS).json(server.base(), IN_TIME_MICROS);
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw) throws IOException, InterruptedException {
            Outcome first = load.send(reversed ? OVERLOAD * CLIENTS : CLIENTS, each);
            Outcome second = load.send(reversed ? CLIENTS : OVERLOAD * CLIENTS, each);
            Outcome few = reversed ? second : first;
            Outcome many = reversed ? first : second;
            note(raw, "requests_per_second", few.perSecond());
            note(raw, "requests_per_second_overloaded", many.perSecond());
            note(raw, "refused_share", (double) many.failed() / (many.answered() + many.failed()));
            note(raw, "p99_ms", few.millis(0.99));
            note(raw, "p99_ms_overloaded", many.millis(0.99));
            note(raw, "resident_mb", server.residentBytes() / 1e6);
            return many.perSecond() / few.perSecond();
        }
    }
}
