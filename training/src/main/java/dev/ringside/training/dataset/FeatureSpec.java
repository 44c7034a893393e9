package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A column that a model reads.
 *
 * @param name the column's name in the source, and the input's name in the model
 * @param type what kind of values it has
 * @param missing the whole number that stands for a missing one, in the data and in requests; null where none may be
 *     missing, and for other types, which have a value for it
 */
public record FeatureSpec(
        String name, FeatureType type, @Nullable Long missing) {
    /** A column that declares no value for a missing one. */
    public FeatureSpec(String name, FeatureType type) {
        this(name, type, null);
    }
}
