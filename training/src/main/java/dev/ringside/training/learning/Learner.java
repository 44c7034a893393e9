package dev.ringside.training.learning;

import org.jspecify.annotations.Nullable;

/** A way to fit a model that gives the probability of a positive. */
public interface Learner {
    /**
     * Fits a model. Equal arguments give an equal model on the same machine.
     *
     * @param train what it is fitted to
     * @param validation what tells it when to stop; null if there is none
     * @param seed where all its randomness comes from
     * @param epochs told of each pass over the training rows
     */
    Learned fit(Examples train, @Nullable Examples validation, long seed, EpochListener epochs);
}
