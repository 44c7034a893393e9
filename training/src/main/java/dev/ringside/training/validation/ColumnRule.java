package dev.ringside.training.validation;

import dev.ringside.training.dataset.FeatureType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says of one column.
 *
 * @param type what kind of values it has
 * @param range between which its numbers lie; null for any
 * @param values its texts; null for any
 * @param length between which the lengths of its lists lie; null for any
 * @param missing the greatest share of missing values, 0 to 1; of lists, of missing items and empty lists
 * @param outside the greatest share of values outside of the range or the texts, 0 to 1
 */
public record ColumnRule(
        FeatureType type,
        @Nullable Range range,
        @Nullable List<String> values,
        @Nullable Range length,
        double missing,
        double outside) {
    public ColumnRule {
        values = values == null ? null : List.copyOf(values);
        requireShare("missing", missing);
        requireShare("outside", outside);
    }

    private static void requireShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + " is " + share + ", expected a share from 0 to 1");
        }
    }

    /** Whether its numbers are FP32. */
    boolean single() {
        return type == FeatureType.NUMBER || type == FeatureType.NUMBERS;
    }
}
