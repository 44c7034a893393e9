package dev.ringside.training.validation;

import org.jspecify.annotations.Nullable;

/**
 * How far a column may move; null for any distance.
 *
 * @param psi its population stability index
 * @param ks of numbers, the distance of Kolmogorov and Smirnov, 0 to 1
 * @param jensenShannon its Jensen-Shannon divergence in bits, 0 to 1
 * @param totalVariation its total variation, 0 to 1
 */
public record DriftLimits(
        @Nullable Double psi,
        @Nullable Double ks,
        @Nullable Double jensenShannon,
        @Nullable Double totalVariation) {
    /** A PSI above .25 is by custom a change that calls for another model; the others are asked for by name. */
    public static final DriftLimits DEFAULT = new DriftLimits(0.25, null, null, null);
}
