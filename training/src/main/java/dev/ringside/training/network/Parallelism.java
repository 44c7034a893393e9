package dev.ringside.training.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the work of a training is divided. */
public sealed interface Parallelism {
    /** How many micro-batches a step is cut into: as many as the settings say, or one for each of those who share it. */
    int microBatches(NetworkSettings settings);

    /**
     * What is wrong with settings of which several share the work; null where nothing is.
     *
     * @param count how many
     */
    static @Nullable String refusal(NetworkSettings settings, int count) {
        int microBatches = shared(settings, count);
        if (microBatches % count > 0) {
            return "accumulate: expected a multiple of " + count + ", as so many share the micro-batches of a step, or"
                    + " nothing, found " + microBatches;
        }
        return settings.batch() < microBatches
                ? "batch: expected at least " + microBatches + ", a row for each micro-batch of a step, found "
                        + settings.batch()
                : null;
    }

    /**
     * What is wrong with settings of which several have some layers each; null where nothing is.
     *
     * @param count how many
     */
    static @Nullable String refusalOfStages(NetworkSettings settings, int count) {
        TransformerSettings transformer = settings.transformer();
        if (transformer != null) {
            int around = 3;
            return transformer.blocks() + around < count
                    ? "blocks: expected at least " + (count - around) + ", as each of " + count
                            + " stages has a block, the tokens, the class token or the head, found "
                            + transformer.blocks()
                    : null;
        }
        int layers = settings.hidden().size() + 1;
        return layers < count
                ? "hidden: expected at least " + (count - 1) + " sizes, as each of " + count
                        + " stages has a hidden layer or the head, found "
                        + settings.hidden().size()
                : null;
    }

    /** Whether this process judges, keeps and writes. */
    default boolean leads() {
        return true;
    }

    /** The numbers of the one who leads, for all. */
    default double[] agree(double[] own) {
        return own;
    }

    /** Whose rows batch statistics are of, beside this process's own; null for nobody's. */
    default @Nullable Ranks statistics() {
        return null;
    }

    /**
     * Holds what all have come to against each other: that the weights are the same everywhere is what a training in
     * several processes stands on.
     *
     * @throws IllegalStateException if this process has others than the one who leads
     */
    default void requireEqual(Parameters parameters, int epoch) {}

    /** What changes the weights that come out, as a text; empty where settings alone do. */
    default String arithmetic(NetworkSettings settings) {
        return "";
    }

    /** Not at all. */
    record None() implements Parallelism {
        @Override
        public int microBatches(NetworkSettings settings) {
            return settings.accumulate();
        }
    }

    /**
     * Each process has the whole network and computes its share of each step's micro-batches.
     *
     * @param ranks the processes
     */
    record Data(Ranks ranks) implements Parallelism {
        @Override
        public int microBatches(NetworkSettings settings) {
            return shared(settings, ranks.count());
        }

        @Override
        public boolean leads() {
            return ranks.own() == 0;
        }

        @Override
        public double[] agree(double[] own) {
            return ranks.agree(own);
        }

        @Override
        public Ranks statistics() {
            return ranks;
        }

        @Override
        public void requireEqual(Parameters parameters, int epoch) {
            same(ranks, parameters, epoch);
        }

        @Override
        public String arithmetic(NetworkSettings settings) {
            boolean same = ranks.count() == 2 && settings.accumulate() == 2 && !settings.batchNorm();
            return same ? "" : "processes " + ranks.count();
        }
    }

    /**
     * Each process has some layers of the network, through which a step's micro-batches go one behind the other.
     *
     * @param ranks the processes, from the inputs to the head
     */
    record Pipeline(Ranks ranks) implements Parallelism {
        @Override
        public int microBatches(NetworkSettings settings) {
            return settings.accumulate();
        }

        @Override
        public boolean leads() {
            return ranks.own() == 0;
        }

        @Override
        public double[] agree(double[] own) {
            return ranks.agree(own);
        }

        @Override
        public void requireEqual(Parameters parameters, int epoch) {
            same(ranks, parameters, epoch);
        }

        @Override
        public String arithmetic(NetworkSettings settings) {
            boolean same = !settings.draws() && settings.clip() == 0;
            return same ? "" : "stages " + ranks.count();
        }
    }

    /**
     * Several devices of this process, which share each step's micro-batches.
     *
     * @param names as libtorch calls them, such as {@code cpu} or {@code cuda:0}; the first keeps the parameters
     */
    record Devices(List<String> names) implements Parallelism {
        /** Copies the list. */
        public Devices {
            names = List.copyOf(names);
        }

        @Override
        public int microBatches(NetworkSettings settings) {
            return shared(settings, names.size());
        }

        @Override
        public String arithmetic(NetworkSettings settings) {
            boolean same = settings.accumulate() == names.size() && !settings.batchNorm();
            return same ? "" : "devices " + names.size();
        }
    }

    private static void same(Ranks ranks, Parameters parameters, int epoch) {
        double own = parameters.digest();
        if (ranks.agree(new double[] {own})[0] != own) {
            throw new IllegalStateException("rank " + ranks.own() + " has other weights than rank 0 after pass " + epoch
                    + ": expected equal ones, as all begin with the same and take the same steps; are the processors, or"
                    + " the programs, of different kinds?");
        }
    }

    private static int shared(NetworkSettings settings, int count) {
        return settings.accumulate() == 1 ? count : settings.accumulate();
    }
}
