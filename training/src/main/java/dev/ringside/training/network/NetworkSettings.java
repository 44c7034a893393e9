package dev.ringside.training.network;

import java.util.List;

/**
 * How a network is built and trained.
 *
 * @param hidden outputs of each hidden layer, first to last
 * @param dropout the share of a hidden layer's outputs set to zero during training, 0 or more and below 1
 * @param learningRate step size of Adam
 * @param weightDecay decoupled weight decay (AdamW)
 * @param batch rows of a step
 * @param epochs passes over the training rows at most
 * @param patience how many passes in a row may fail to lower the validation loss before training stops
 */
public record NetworkSettings(
        List<Integer> hidden,
        double dropout,
        double learningRate,
        double weightDecay,
        int batch,
        int epochs,
        int patience) {
    public NetworkSettings {
        hidden = List.copyOf(hidden);
    }
}
