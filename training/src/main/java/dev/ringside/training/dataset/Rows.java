package dev.ringside.training.dataset;

import dev.ringside.contract.inference.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labelled rows, column by column, in the order of the source.
 *
 * @param labels whether the row is a positive
 * @param columns the raw values by name, all as long as the labels
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record Rows(boolean[] labels, Map<String, Column> columns) {
    /** Checks the lengths. */
    public Rows {
        columns = Map.copyOf(columns);
        for (var entry : columns.entrySet()) {
            if (entry.getValue().size() != labels.length) {
                throw new IllegalArgumentException("column '" + entry.getKey() + "' has "
                        + entry.getValue().size() + " values, expected " + labels.length);
            }
        }
    }

    /** How many rows. */
    public int size() {
        return labels.length;
    }

    /** A column by its name. */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "' among " + columns.keySet());
        }
        return column;
    }

    /** Some features as a model's inputs, shape [n, 1] each, in that order. */
    public List<Tensor> tensors(List<FeatureSpec> features) {
        return features.stream().map(f -> column(f.name()).tensor(f.name())).toList();
    }

    /** As many rows as asked for, or all if there are fewer, at equal distances from the first on. */
    public Rows spread(int count) {
        int n = Math.min(count, size());
        int[] rows = new int[n];
        Arrays.setAll(rows, i -> (int) ((long) i * size() / n));
        return select(rows);
    }

    /** Some rows, in that order. */
    public Rows select(int[] rows) {
        boolean[] selected = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = labels[rows[i]];
        }
        var parts = new HashMap<String, Column>();
        columns.forEach((name, column) -> parts.put(name, column.select(rows)));
        return new Rows(selected, parts);
    }
}
