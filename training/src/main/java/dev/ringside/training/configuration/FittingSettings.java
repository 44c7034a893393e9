package dev.ringside.training.configuration;

import org.jspecify.annotations.Nullable;

/**
 * When fittings stop, and what becomes of them.
 *
 * @param stop what tells which pass is the best; null for the learner's own loss
 * @param folds how many folds the teaching rows are cut into; 0 for none, where a validation part tells when to stop
 * @param refit what follows
 */
public record FittingSettings(@Nullable Stop stop, int folds, Refit refit) {
    /** What follows a fitting that was told when to stop. */
    public enum Refit {
        /** Nothing: it is the model. */
        NONE,
        /** Another to all rows but the test part, for as many passes as were best. */
        ALL,
        /** The folds' models are averaged. */
        FOLDS,
        /** The best of these by half of the validation part. */
        AUTO
    }

    /**
     * What tells which pass is the best.
     *
     * @param metric {@code auc}, {@code log_loss} or the name of a pay-off; of a number {@code rmse} or {@code mae}
     * @param patience how many passes in a row may fail to be better; null for the model's own
     * @param leastGain how much better a pass must be than the best so far
     */
    public record Stop(String metric, @Nullable Integer patience, double leastGain) {}

    /** A validation part tells when to stop, by the loss. */
    public static final FittingSettings DEFAULT = new FittingSettings(null, 0, Refit.NONE);
}
