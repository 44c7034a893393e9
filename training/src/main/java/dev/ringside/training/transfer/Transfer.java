package dev.ringside.training.transfer;

import dev.ringside.training.network.WarmStart.Mode;

/** What a document asks of the version that a training begins with. */
public sealed interface Transfer {
    /** The version. */
    Parent parent();

    /**
     * Its layers are changed.
     *
     * @param parent the version
     * @param mode which of them, and when
     * @param rateDecay by how much a layer's learning rate is multiplied for the layer before it
     */
    record Layers(Parent parent, Mode mode, double rateDecay) implements Transfer {}

    /**
     * It stays as it is, and each region deviates from its head.
     *
     * @param parent the version
     * @param by the column whose values are regions
     */
    record Regions(Parent parent, String by) implements Transfer {}
}
