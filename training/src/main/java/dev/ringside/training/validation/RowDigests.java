package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Shuffle;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each row that is the same for rows of the same features and label. Others share one by a chance of rows
 * squared in 2⁶⁴.
 */
final class RowDigests {
    private RowDigests() {}

    /**
     * The numbers, one a row.
     *
     * @param rows a part; texts compare only with parts of the same table, as their codes are taken
     */
    static long[] of(Table rows, List<FeatureSpec> features) {
        long[] digests = new long[rows.size()];
        Arrays.setAll(digests, row -> Shuffle.mix(Double.doubleToLongBits(rows.targets()[row])));
        for (FeatureSpec feature : features) {
            Column column = rows.column(feature.name());
            Arrays.setAll(digests, row -> add(digests[row], column, row));
        }
        return digests;
    }

    private static long add(long digest, Column column, int row) {
        return switch (column) {
            case Column.Numbers(float[] values) -> add(digest, Float.floatToIntBits(values[row]));
            case Column.Integers(long[] values) -> add(digest, values[row]);
            case Column.Categories texts -> add(digest, texts.codes()[row]);
            case Column.NumberLists lists -> {
                long all = add(digest, lists.starts()[row + 1] - (long) lists.starts()[row]);
                for (int i = lists.starts()[row]; i < lists.starts()[row + 1]; i++) {
                    all = add(all, Float.floatToIntBits(lists.values()[i]));
                }
                yield all;
            }
            case Column.CategoryLists lists -> {
                long all = add(digest, lists.starts()[row + 1] - (long) lists.starts()[row]);
                for (int i = lists.starts()[row]; i < lists.starts()[row + 1]; i++) {
                    all = add(all, lists.codes()[i]);
                }
                yield all;
            }
        };
    }

    /** Depends on the order: what one row has in one column is not what another has in the next. */
    private static long add(long digest, long value) {
        return Shuffle.mix(digest * 0x9e3779b97f4a7c15L + Shuffle.mix(value + 1));
    }
}
