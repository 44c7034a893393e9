package dev.ringside.training.pace;

import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.NetworkLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Fits of a few passes each, by the trainer's own learner, and what their passes took. */
final class TimedPasses {
    /** Passes of a fit. */
    static final int EACH = 3;

    private final Examples train;
    private final LongSupplier nanoTime;
    private final List<Double> seconds = new ArrayList<>();
    private double loss;

    /**
     * @param train rows with a binary label
     * @param nanoTime a clock for distances
     */
    TimedPasses(Examples train, LongSupplier nanoTime) {
        this.train = train;
        this.nanoTime = nanoTime;
    }

    /** Fits; the first pass, in which a processor's caches are another's, does not count. */
    void fit(NetworkLearner learner, long seed) {
        var passes = new Passes();
        passes.found(EACH);
        long[] last = {0};
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
                            loss = trainingLoss;
                        },
                        Checkpoints.none(),
                        null,
                        passes.fixed()));
    }

    /** Median time of the passes that count. */
    double median() {
        return median(seconds);
    }

    /** Mean loss during the last pass. */
    double loss() {
        return loss;
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
