package dev.ringside.training.learning;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.TrainingSide;
import org.jspecify.annotations.Nullable;

/** A way to fit a predictor to raw rows: a pipeline, or several of them together. */
public interface Estimator {
    /**
     * Fits a predictor. Equal arguments give an equal one on the same machine.
     *
     * @param train what it is fitted to
     * @param validation what tells it when to stop; null if there is none
     * @param run where its randomness comes from and who is told how it proceeds
     */
    Predictor fit(TrainingSide train, @Nullable Table validation, RunContext run);
}
