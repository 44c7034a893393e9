package dev.ringside.training.learning;

import java.util.List;

/**
 * The vectors that a network learnt for the texts of a feature.
 *
 * @param feature the column
 * @param texts by place; place 0 is {@link #OTHERS}
 * @param dimensions length of a vector
 * @param values shape [texts, dimensions], row after row
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LearntVectors(String feature, List<String> texts, int dimensions, float[] values) {
    /** What stands for the place of all texts that have none of their own. */
    public static final String OTHERS = "(rare or unknown)";

    /** Keeps the list as it is, and checks the size. */
    public LearntVectors {
        texts = List.copyOf(texts);
        if (values.length != Math.multiplyExact(texts.size(), dimensions)) {
            throw new IllegalArgumentException(
                    values.length + " numbers for " + texts.size() + " vectors of " + dimensions);
        }
    }
}
