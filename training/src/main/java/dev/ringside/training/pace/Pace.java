package dev.ringside.training.pace;

import dev.ringside.training.learning.Examples;
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
    /**
     * Measures.
     *
     * @param settings rectifiers without normalisation, residuals and members
     * @param train rows with a binary label
     * @param rounds how many of each
     * @param nanoTime a clock for distances
     */
    public static Pace of(NetworkSettings settings, Examples train, int rounds, long seed, LongSupplier nanoTime) {
        var learner = new NetworkLearner(settings, new Target.Probability());
        new TimedPasses(train, nanoTime).fit(learner, seed); // loads the native library, and warms
        var ours = new TimedPasses(train, nanoTime);
        List<Double> others = new ArrayList<>();
        double loss = Double.NaN;
        try (PointerScope _ = new PointerScope()) {
            var writtenOut = new WrittenOut(settings, train);
            int[] order = new int[train.size()];
            Arrays.setAll(order, i -> i);
            for (int round = 0; round < rounds; round++) {
                ours.fit(learner, seed + round);
                for (int pass = 1; pass <= TimedPasses.EACH; pass++) {
                    long begun = nanoTime.getAsLong();
                    Shuffle.shuffle(order, seed + round);
                    loss = writtenOut.pass(order);
                    if (pass > 1) {
                        others.add((nanoTime.getAsLong() - begun) / 1e9);
                    }
                }
            }
        }
        double seconds = ours.median();
        double writtenOut = TimedPasses.median(others);
        return new Pace(rounds, seconds, writtenOut, seconds / writtenOut, ours.loss(), loss);
    }
}
