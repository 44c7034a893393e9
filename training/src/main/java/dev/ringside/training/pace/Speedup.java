package dev.ringside.training.pace;

import dev.ringside.training.dataset.Task;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.network.Ranks;
import dev.ringside.training.network.Target;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How much sooner a pass of a network ends where several processes share its steps. Rounds alternate: rank 0 fits alone
 * while the others wait, then all fit together, so that both see the same machine; the first pass of each round does not
 * count.
 *
 * @param rounds how many rounds there were of each
 * @param seconds median time of a pass of one process
 * @param sharedSeconds median time of a pass of all
 * @param speedup the one over the other
 * @param loss mean log loss during the last pass of one process
 * @param sharedLoss the same of all
 */
public record Speedup(
        int rounds, double seconds, double sharedSeconds, double speedup, double loss, double sharedLoss) {
    /**
     * Measures; all ranks call it with the same arguments, and the figures of rank 0 are those that count.
     *
     * @param settings how the network is built and trained
     * @param train rows with a binary label
     * @param rounds how many of each
     * @param ranks the processes
     * @param nanoTime a clock for distances
     */
    public static Speedup of(
            NetworkSettings settings, Examples train, int rounds, long seed, Ranks ranks, LongSupplier nanoTime) {
        var target = new Target.Probability();
        var single = new NetworkLearner(settings, target);
        var divided = new NetworkLearner(settings, target, null, List.<Task>of(), new Parallelism.Data(ranks));
        new TimedPasses(train, nanoTime).fit(divided, seed); // warms all of them
        var alone = new TimedPasses(train, nanoTime);
        var together = new TimedPasses(train, nanoTime);
        for (int round = 0; round < rounds; round++) {
            if (ranks.own() == 0) {
                alone.fit(single, seed + round);
            }
            ranks.sum(0.0); // the others wait here, and take no processor
            together.fit(divided, seed + round);
        }
        double seconds = ranks.own() == 0 ? alone.median() : Double.NaN;
        double shared = together.median();
        return new Speedup(rounds, seconds, shared, seconds / shared, alone.loss(), together.loss());
    }
}
