package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays scenarios. A run's seed follows from the bench's seed, the scenario's randomness and the run's number alone, and
 * runs are counted in their order, so the result depends neither on the number of threads nor on which scenarios are
 * chosen. Effects of a scenario meet the same units.
 */
public final class Bench {
    /** So many runs are added where a scenario without effect lies suspiciously high. */
    static final int MORE = 10_000;

    /** From so many runs on, promises without a tolerance must hold as they stand. */
    static final int FULL = 2_000;

    private final int runs;
    private final long seed;
    private final int threads;

    /**
     * @param runs of each scenario and effect
     * @param seed of everything
     * @param threads that play at once
     */
    public Bench(int runs, long seed, int threads) {
        this.runs = runs;
        this.seed = seed;
        this.threads = threads;
    }

    /** Is told how far it is; from several threads at once. */
    public interface Progress {
        /** Tells nobody. */
        Progress NONE = new Progress() {
            @Override
            public void row(Scenario scenario, double effect, int runs, boolean more) {
                // Nobody looks.
            }

            @Override
            public void ran() {
                // Nobody looks.
            }

            @Override
            public void complete(Row row) {
                // Nobody looks.
            }
        };

        /**
         * A row begins, or goes on.
         *
         * @param more whether these runs are added to those planned
         */
        void row(Scenario scenario, double effect, int runs, boolean more);

        /** One more run of it is over. */
        void ran();

        /** A row is complete. */
        void complete(Row row);
    }

    /** How many runs there are to be, but for those that are added. */
    public static int planned(List<Scenario> scenarios, int runs) {
        return runs * scenarios.stream().mapToInt(s -> s.effects().size()).sum();
    }

    /**
     * Plays all of them, in their order.
     *
     * @throws InterruptedException if the caller is to stop
     */
    public List<Row> play(List<Scenario> scenarios, Progress progress) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var rows = new ArrayList<Row>();
            for (Scenario scenario : scenarios) {
                for (double effect : scenario.effects()) {
                    rows.add(row(pool, scenario, effect, progress));
                }
            }
            return rows;
        }
    }

    private Row row(ExecutorService pool, Scenario scenario, double effect, Progress progress)
            throws InterruptedException {
        Run[] first = play(pool, scenario, effect, 0, runs, progress);
        Row row = Row.of(scenario, effect, first);
        if (Check.suspicious(row, scenario.promises()) && runs >= FULL) {
            Run[] more = play(pool, scenario, effect, runs, MORE, progress);
            Run[] all = Arrays.copyOf(first, runs + MORE);
            System.arraycopy(more, 0, all, runs, MORE);
            row = Row.of(scenario, effect, all);
        }
        progress.complete(row);
        return row;
    }

    private Run[] play(ExecutorService pool, Scenario scenario, double effect, int from, int many, Progress progress)
            throws InterruptedException {
        progress.row(scenario, effect, many, from > 0);
        Run[] done = new Run[many];
        double truth = scenario.truth(effect);
        long stream = Seeds.mix(seed, scenario.randomness());
        var next = new AtomicInteger();
        var working = new ArrayList<Future<?>>();
        for (int thread = 0; thread < threads; thread++) {
            working.add(pool.submit(() -> {
                for (int i = next.getAndIncrement(); i < many; i = next.getAndIncrement()) {
                    done[i] = Run.of(Trial.play(scenario, effect, Seeds.mix(stream, from + i)), truth, effect);
                    progress.ran();
                }
            }));
        }
        for (Future<?> worker : working) {
            await(worker, pool);
        }
        return done;
    }

    private static void await(Future<?> worker, ExecutorService pool) throws InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            pool.shutdownNow();
            throw e;
        }
    }
}
