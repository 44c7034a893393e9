package dev.ringside.training.configuration;

import dev.ringside.training.network.NetworkSettings;

/** Which kind of model is trained. */
public sealed interface ModelChoice {
    /**
     * Logistic regression.
     *
     * @param weightDecay strength of the penalty on squared weights
     */
    record Logistic(double weightDecay) implements ModelChoice {}

    /**
     * A feed-forward network.
     *
     * @param settings how it is built and trained
     */
    record Network(NetworkSettings settings) implements ModelChoice {}
}
