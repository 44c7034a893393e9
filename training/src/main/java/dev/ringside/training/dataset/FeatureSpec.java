package dev.ringside.training.dataset;

/**
 * A column that a model reads.
 *
 * @param name the column's name in the source, and the input's name in the model
 * @param type what kind of values it has
 */
public record FeatureSpec(String name, FeatureType type) {}
