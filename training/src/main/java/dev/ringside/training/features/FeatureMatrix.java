package dev.ringside.training.features;

/**
 * The numbers that a learner sees.
 *
 * @param rows how many rows
 * @param columns how many numbers a row
 * @param values row after row
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record FeatureMatrix(int rows, int columns, float[] values) {
    /** Checks the size. */
    public FeatureMatrix {
        if (values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    "expected " + rows + " × " + columns + " values, found " + values.length);
        }
    }
}
