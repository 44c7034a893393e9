package dev.ringside.training.learning;

import dev.ringside.training.features.FeatureMatrix;

/**
 * Encoded rows with their labels.
 *
 * @param features the numbers
 * @param labels whether the row is a positive, one a row
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record Examples(FeatureMatrix features, boolean[] labels) {
    /** Checks the sizes. */
    public Examples {
        if (features.rows() != labels.length) {
            throw new IllegalArgumentException(
                    "expected as many labels as rows, " + features.rows() + ", found " + labels.length);
        }
    }

    /** How many rows. */
    public int size() {
        return labels.length;
    }
}
