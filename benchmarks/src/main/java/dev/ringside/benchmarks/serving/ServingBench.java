package dev.ringside.benchmarks.serving;

import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * Measures the batcher in this process, beside what it is compared with: both take turns, and each round begins with the
 * other, so that what else the machine does befalls both alike.
 */
public final class ServingBench {
    private static final int CLIENTS = 64;
    private static final int MOST_ROWS = 64;
    private static final Duration DELAY = Duration.ofMillis(5);

    private final int rounds;
    private final Duration each;
    private final LongSupplier ticker;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** A round begins, counted from 0 over all measures. */
        void begins(ServingMeasure measure, int round);
    }

    /**
     * @param rounds how often each measure is taken
     * @param each how long each of the two sides of a round takes
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public ServingBench(int rounds, Duration each, LongSupplier ticker) {
        this.rounds = rounds;
        this.each = each;
        this.ticker = ticker;
    }

    /**
     * Measures, one after the other.
     *
     * @throws ModelFailure if a network cannot be run
     */
    public List<ServingMeasured> measure(List<ServingMeasure> measures, Progress progress)
            throws IOException, ModelFailure, InterruptedException {
        var found = new ArrayList<ServingMeasured>();
        int begun = 0;
        for (ServingMeasure measure : measures) {
            var values = new ArrayList<Double>();
            Map<String, List<Double>> raw = new LinkedHashMap<>();
            try (Sides sides = sides(measure)) {
                // What is compiled, and what memory is taken, by then.
                sides.round(false, new LinkedHashMap<>());
                for (int round = 0; round < rounds; round++) {
                    progress.begins(measure, begun++);
                    values.add(sides.round(round % 2 == 1, raw));
                }
            } catch (ExecutionException e) {
                throw new ModelFailure(measure.key() + ": " + e.getMessage(), e);
            }
            found.add(ServingMeasured.of(measure, values, raw));
        }
        return found;
    }

    private Sides sides(ServingMeasure measure) throws IOException, ModelFailure {
        return switch (measure) {
            case ENGINE_RATIO -> new BesideTheEngine(Network.LARGE);
            case ENGINE_RATIO_SMALL -> new BesideTheEngine(Network.SMALL);
            case BATCHING_GAIN_RATIO -> new BesideOneAtATime(Network.LARGE);
            case IDLE_WAIT_MS -> new Idle(Network.SMALL);
        };
    }

    private static void note(Map<String, List<Double>> raw, String name, double value) {
        raw.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** What is compared. */
    private interface Sides extends AutoCloseable {
        /**
         * Runs both.
         *
         * @param reversed whether the second goes first
         * @param raw where the figures go that the value is made of
         */
        double round(boolean reversed, Map<String, List<Double>> raw)
                throws ModelFailure, ExecutionException, InterruptedException;

        @Override
        void close() throws ModelFailure;
    }

    private final class BesideTheEngine implements Sides {
        private final Served served;
        private final PlainLoop loop;
        private int batch = MOST_ROWS / 2;

        BesideTheEngine(Network network) throws IOException, ModelFailure {
            this.served = new Served(network, MOST_ROWS, Duration.ZERO, ticker);
            this.loop = new PlainLoop(network, ticker);
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw)
                throws ModelFailure, ExecutionException, InterruptedException {
            double plain = reversed ? loop.rowsPerSecond(batch, each) : 0;
            double rows = served.rowsPerSecond(CLIENTS, each);
            double formed = served.totals().batch();
            if (!reversed) {
                batch = (int) Math.max(1, Math.round(formed));
                plain = loop.rowsPerSecond(batch, each);
            }
            note(raw, "rows_per_second", rows);
            note(raw, "rows_per_second_of_the_session", plain);
            note(raw, "batch_formed", formed);
            return rows / plain;
        }

        @Override
        public void close() throws ModelFailure {
            served.close();
            loop.close();
        }
    }

    private final class BesideOneAtATime implements Sides {
        private final Served joined;
        private final Served single;

        BesideOneAtATime(Network network) throws IOException, ModelFailure {
            this.joined = new Served(network, MOST_ROWS, Duration.ZERO, ticker);
            this.single = new Served(network, 1, Duration.ZERO, ticker);
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw)
                throws ExecutionException, InterruptedException {
            double first = (reversed ? single : joined).rowsPerSecond(CLIENTS, each);
            double second = (reversed ? joined : single).rowsPerSecond(CLIENTS, each);
            double together = reversed ? second : first;
            double alone = reversed ? first : second;
            note(raw, "rows_per_second", together);
            note(raw, "rows_per_second_one_at_a_time", alone);
            note(raw, "batch_formed", joined.totals().batch());
            return together / alone;
        }

        @Override
        public void close() {
            joined.close();
            single.close();
        }
    }

    private final class Idle implements Sides {
        private final Served served;

        Idle(Network network) throws IOException, ModelFailure {
            this.served = new Served(network, MOST_ROWS, DELAY, ticker);
        }

        @Override
        public double round(boolean reversed, Map<String, List<Double>> raw)
                throws ExecutionException, InterruptedException {
            note(raw, "requests_per_second", served.rowsPerSecond(1, each));
            note(raw, "p99_ms", served.totals().waitMillis(0.99));
            return served.totals().waitMillis(0.5);
        }

        @Override
        public void close() {
            served.close();
        }
    }
}
