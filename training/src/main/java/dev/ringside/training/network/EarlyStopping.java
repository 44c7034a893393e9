package dev.ringside.training.network;

import dev.ringside.training.learning.DenseLayer;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the weights of the pass with the least validation loss, and says when to give up looking for a better one. */
final class EarlyStopping {
    private final int patience;
    private List<DenseLayer> best = List.of();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;

    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Takes the loss after the next pass; the weights are only asked for if it is the least so far. */
    void observe(double validationLoss, Supplier<List<DenseLayer>> weights) {
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

    List<DenseLayer> best() {
        return best;
    }

    int bestEpoch() {
        return bestEpoch;
    }
}
