package dev.ringside.training.learning;

import org.jspecify.annotations.Nullable;

/** A way to fit a model. */
public interface Learner {
    /**
     * Fits a model. Equal arguments give an equal model on the same machine.
     *
     * @param train what it is fitted to
     * @param validation what tells it when to stop; null if there is none
     * @param run where its randomness comes from and who is told how it proceeds
     */
    Model fit(Examples train, @Nullable Examples validation, RunContext run);

    /** Whether it must be told when to stop. */
    boolean needsValidation();
}
