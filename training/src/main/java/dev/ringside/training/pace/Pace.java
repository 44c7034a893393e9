package dev.ringside.training.pace;

import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.split.Shuffle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * How long a pass takes, and how long where the network is written out. Rounds of both alternate in one process, so that
 * both see the same machine; the first pass of each round, in which a processor's caches are the other's, does not count.
 *
 * @param rounds how many rounds there were of each
 * @param seconds median time of a pass of the trainer
 * @param writtenOutSeconds median time of a pass of the network that is written out
 * @param ratio the one over the other
 * @param loss mean log loss during the last pass of the trainer's last round
 * @param writtenOutLoss the same of the other, which has gone on from round to round
 */
public record Pace(
        int rounds, double seconds, double writtenOutSeconds, double ratio, double loss, double writtenOutLoss) {
    private static final int PASSES = 3;

    /**
     * Measures.
     *
     * @param settings rectifiers without normalisation, residuals and members
     * @param train rows with a binary label
     * @param rounds how many of each
     * @param nanoTime a clock for distances
     */
    public static Pace of(NetworkSettings settings, Examples train, int rounds, long seed, LongSupplier nanoTime) {
        List<Double> ours = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        double[] losses = new double[2];
        var learner = new NetworkLearner(settings, new Target.Probability());
        trained(learner, train, seed, nanoTime, new ArrayList<>()); // loads the native library, and warms
        try (PointerScope _ = new PointerScope()) {
            var writtenOut = new WrittenOut(settings, train);
            int[] order = new int[train.size()];
            Arrays.setAll(order, i -> i);
            for (int round = 0; round < rounds; round++) {
                losses[0] = trained(learner, train, seed + round, nanoTime, ours);
                for (int pass = 1; pass <= PASSES; pass++) {
                    long begun = nanoTime.getAsLong();
                    Shuffle.shuffle(order, seed + round);
                    losses[1] = writtenOut.pass(order);
                    if (pass > 1) {
                        others.add((nanoTime.getAsLong() - begun) / 1e9);
                    }
                }
            }
        }
        double seconds = median(ours);
        double writtenOut = median(others);
        return new Pace(rounds, seconds, writtenOut, seconds / writtenOut, losses[0], losses[1]);
    }

    /** Fits for as many passes as a round has, adds the times of all but the first, and gives the last one's loss. */
    private static double trained(
            NetworkLearner learner, Examples train, long seed, LongSupplier nanoTime, List<Double> seconds) {
        var passes = new Passes();
        passes.found(PASSES);
        long[] last = {0};
        double[] loss = {0};
        learner.fit(
                train,
                null,
                new RunContext(
                        seed,
                        (epoch, _, trainingLoss, _) -> {
                            long now = nanoTime.getAsLong();
                            if (epoch > 1) {
                                seconds.add((now - last[0]) / 1e9);
                            }
                            last[0] = now;
                            loss[0] = trainingLoss;
                        },
                        Checkpoints.none(),
                        null,
                        passes.fixed()));
        return loss[0];
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
