package dev.ringside.training.pace;

import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.EpochListener;
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
 * How long a pass takes, and how long where the network is written out. Within one training by the learner each of its
 * passes is followed by one of the network that is written out, so that both see the same machine, however it changes; the
 * first pass of each, which allocates, does not count.
 *
 * @param rounds how many passes there were of each
 * @param seconds median time of a pass of the trainer
 * @param writtenOutSeconds median time of a pass of the network that is written out
 * @param ratio the median over rounds of the one over the other
 * @param loss mean log loss during the last pass of the trainer
 * @param writtenOutLoss the same of the other
 */
public record Pace(
        int rounds, double seconds, double writtenOutSeconds, double ratio, double loss, double writtenOutLoss) {
    /**
     * Measures.
     *
     * @param settings rectifiers without normalisation, residuals and members
     * @param train rows with a binary label
     * @param rounds how many passes of each
     * @param nanoTime a clock for distances
     */
    public static Pace of(NetworkSettings settings, Examples train, int rounds, long seed, LongSupplier nanoTime) {
        var learner = new NetworkLearner(settings, new Target.Probability());
        new TimedPasses(train, nanoTime).fit(learner, seed); // loads the native library, and warms
        List<Double> own = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        double[] loss = {Double.NaN, Double.NaN};
        try (PointerScope _ = new PointerScope()) {
            var writtenOut = new WrittenOut(settings, train);
            int[] order = new int[train.size()];
            Arrays.setAll(order, i -> i);
            long[] begun = {0};
            var passes = new Passes();
            passes.found(1 + rounds);
            EpochListener alternating = (epoch, _, trainingLoss, _) -> {
                long ended = nanoTime.getAsLong();
                Shuffle.shuffle(order, seed + epoch);
                double otherLoss = writtenOut.pass(order);
                long otherEnded = nanoTime.getAsLong();
                if (epoch > 1) {
                    own.add((ended - begun[0]) / 1e9);
                    others.add((otherEnded - ended) / 1e9);
                }
                loss[0] = trainingLoss;
                loss[1] = otherLoss;
                begun[0] = nanoTime.getAsLong();
            };
            learner.fit(train, null, new RunContext(seed, alternating, Checkpoints.none(), null, passes.fixed()));
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < own.size(); round++) {
            ratios.add(own.get(round) / others.get(round));
        }
        return new Pace(
                rounds,
                TimedPasses.median(own),
                TimedPasses.median(others),
                TimedPasses.median(ratios),
                loss[0],
                loss[1]);
    }
}
