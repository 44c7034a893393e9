package dev.ringside.training.network;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the weights of the pass with the least validation loss, and says when to give up looking for a better one. */
final class EarlyStopping {
    private final int patience;
    private @Nullable Weights best;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;

    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Takes the loss after the next pass; the weights are only asked for if it is the least so far. */
    void observe(double validationLoss, Supplier<Weights> weights) {
        epoch++;
        if (validationLoss < bestLoss) {
            bestLoss = validationLoss;
            bestEpoch = epoch;
            best = weights.get();
        }
    }

    boolean exhausted() {
        return epoch - bestEpoch >= patience;
    }

    Weights best() {
        if (best == null) {
            throw new IllegalStateException("no pass was seen");
        }
        return best;
    }

    int bestEpoch() {
        return bestEpoch;
    }
}
