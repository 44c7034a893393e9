package dev.ringside.training.learning;

import dev.ringside.training.features.FeatureMatrix;

/** Gives each row its probability. */
@FunctionalInterface
public interface Scorer {
    /** The probability of a positive, one a row. */
    double[] score(FeatureMatrix rows);
}
