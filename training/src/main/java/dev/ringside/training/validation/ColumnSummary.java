package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one column holds.
 *
 * @param column its name
 * @param type what kind of values it has
 * @param items how many values, of lists how many items
 * @param missing how many of them are missing
 * @param range between which its numbers lie; null where there are none
 * @param mean of its numbers; null where there are none
 * @param texts how many different ones it has; null for numbers
 * @param values its texts, sorted, where there are at most 100; null for numbers and for more
 * @param commonest its most frequent text; null for numbers and where all are missing
 * @param length between which the lengths of its lists lie; null where it has one value a row
 */
public record ColumnSummary(
        String column,
        FeatureType type,
        int items,
        int missing,
        @Nullable Range range,
        @Nullable Double mean,
        @Nullable Integer texts,
        @Nullable List<String> values,
        @Nullable String commonest,
        @Nullable Range length) {
    /** How much more may be missing in later data than in those that a schema is learnt from. */
    private static final double ROOM = 1.5;

    public ColumnSummary {
        values = values == null ? null : List.copyOf(values);
    }

    static ColumnSummary of(FeatureSpec feature, Column column) {
        Items items = Items.of(feature, column);
        int missing = 0;
        for (int item = 0; item < items.size(); item++) {
            missing += items.missing(item) ? 1 : 0;
        }
        Range length = length(column);
        return switch (items) {
            case Items.Numbers numbers -> {
                var all = Arrays.stream(numbers.values())
                        .filter(value -> !Double.isNaN(value))
                        .summaryStatistics();
                boolean any = all.getCount() > 0;
                yield new ColumnSummary(
                        feature.name(),
                        feature.type(),
                        items.size(),
                        missing,
                        any ? new Range(all.getMin(), all.getMax()) : null,
                        any ? (Double) all.getAverage() : null,
                        null,
                        null,
                        null,
                        length);
            }
            case Items.Texts texts -> {
                Map<String, Integer> counts = texts.counts();
                String commonest = counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(null);
                yield new ColumnSummary(
                        feature.name(),
                        feature.type(),
                        items.size(),
                        missing,
                        null,
                        null,
                        counts.size(),
                        counts.size() <= Schema.MOST_TEXTS ? List.copyOf(counts.keySet()) : null,
                        commonest,
                        length);
            }
        };
    }

    private static @Nullable Range length(Column column) {
        int[] starts = switch (column) {
            case Column.Numbers _, Column.Integers _, Column.Categories _ -> null;
            case Column.NumberLists lists -> lists.starts();
            case Column.CategoryLists lists -> lists.starts();
        };
        if (starts == null || starts.length == 1) {
            return null;
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int row = 1; row < starts.length; row++) {
            least = Math.min(least, starts[row] - starts[row - 1]);
            most = Math.max(most, starts[row] - starts[row - 1]);
        }
        return new Range(least, most);
    }

    /** The share of missing values. */
    public double missingShare() {
        return items == 0 ? 0 : (double) missing / items;
    }

    /** What later data have to hold to, as far as these can tell. */
    ColumnRule rule() {
        double share = missingShare();
        double most = StrictMath.ceil(StrictMath.min(share * ROOM, (share + 1) / 2) * 1e4 - 1e-9) / 1e4;
        return new ColumnRule(type, range, values, length, most, 0);
    }
}
