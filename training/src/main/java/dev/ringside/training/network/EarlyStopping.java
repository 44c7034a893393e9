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
    private int hoped;

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

    /** Takes the loss before the first pass, of weights that were fitted elsewhere. */
    void begin(double validationLoss, Weights weights) {
        bestLoss = validationLoss;
        best = weights;
    }

    boolean exhausted() {
        return epoch - Math.max(bestEpoch, hoped) >= patience;
    }

    /** Begins to count anew, as what follows is another kind of pass. */
    void hope() {
        hoped = epoch;
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
