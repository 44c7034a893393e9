package dev.ringside.training.dataset;

import dev.ringside.contract.inference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows, column by column, in the order of the source.
 *
 * @param targets what is to be predicted: 1 or 0 for a binary label, the class's place for classes, else a number; NaN
 *     where a row lacks a label that may be missing
 * @param weights how much a row counts, above 0; null where each counts 1
 * @param times when a row was, milliseconds since 1970; null where the data has no time
 * @param columns the raw values by name, all as long as the targets
 * @param others the targets of each task beside the label, as long; NaN where a row lacks one
 */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public record Table(
        double[] targets,
        double @Nullable [] weights,
        long @Nullable [] times,
        Map<String, Column> columns,
        List<double[]> others) {
    /** Checks the lengths. */
    public Table {
        columns = Map.copyOf(columns);
        others = List.copyOf(others);
        for (double[] other : others) {
            if (other.length != targets.length) {
                throw new IllegalArgumentException(
                        "a task has " + other.length + " targets, expected " + targets.length);
            }
        }
        for (var entry : columns.entrySet()) {
            if (entry.getValue().size() != targets.length) {
                throw new IllegalArgumentException("column '" + entry.getKey() + "' has "
                        + entry.getValue().size() + " values, expected " + targets.length);
            }
        }
    }

    /** Rows of which nothing beside the label is to be predicted. */
    public Table(double[] targets, double @Nullable [] weights, long @Nullable [] times, Map<String, Column> columns) {
        this(targets, weights, times, columns, List.of());
    }

    /** How many rows. */
    public int size() {
        return targets.length;
    }

    /** A column by its name. */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "' among " + new TreeSet<>(columns.keySet()));
        }
        return column;
    }

    /** A column's values as texts, for grouping; lists and broken numbers cannot group. */
    public String[] texts(String name) {
        return switch (column(name)) {
            case Column.Categories texts -> {
                String[] values = new String[size()];
                Arrays.setAll(values, texts::value);
                yield values;
            }
            case Column.Integers(long[] values) ->
                Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new);
            case Column.Numbers _, Column.NumberLists _, Column.CategoryLists _ ->
                throw new IllegalArgumentException(
                        "'" + name + "' cannot group rows: expected whole numbers or texts, one a row");
        };
    }

    /** Whether the row is a positive of a binary label, one a row. */
    public boolean[] labels() {
        boolean[] labels = new boolean[size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = targets[i] == 1;
        }
        return labels;
    }

    /** The class's place, one a row. */
    public int[] classes() {
        return Arrays.stream(targets).mapToInt(target -> (int) target).toArray();
    }

    /** Some features as a model's inputs, in that order. */
    public List<Tensor> tensors(List<FeatureSpec> features) {
        return features.stream().map(f -> column(f.name()).tensor(f.name())).toList();
    }

    /** As many rows as asked for, or all if there are fewer, at equal distances from the first on. */
    public Table spread(int count) {
        int n = Math.min(count, size());
        int[] rows = new int[n];
        Arrays.setAll(rows, i -> (int) ((long) i * size() / n));
        return select(rows);
    }

    /** The same rows with other targets. */
    public Table withTargets(double[] changed) {
        if (changed.length != targets.length) {
            throw new IllegalArgumentException("expected " + targets.length + " targets, found " + changed.length);
        }
        return new Table(changed, weights, times, columns, others);
    }

    /**
     * The rows that have a task's label, with it in place of the label.
     *
     * @param task its place among the others
     */
    public Table ofTask(int task) {
        double[] labels = others.get(task);
        int[] rows = IntStream.range(0, size())
                .filter(row -> !Double.isNaN(labels[row]))
                .toArray();
        return select(rows)
                .withTargets(Arrays.stream(rows).mapToDouble(row -> labels[row]).toArray());
    }

    /** Some rows, in that order; one may be there several times. */
    public Table select(int[] rows) {
        double[] selected = new double[rows.length];
        double[] counted = weights == null ? null : new double[rows.length];
        long[] moments = times == null ? null : new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = targets[rows[i]];
            if (counted != null && weights != null) {
                counted[i] = weights[rows[i]];
            }
            if (moments != null && times != null) {
                moments[i] = times[rows[i]];
            }
        }
        var parts = new HashMap<String, Column>();
        columns.forEach((name, column) -> parts.put(name, column.select(rows)));
        List<double[]> tasks = others.stream()
                .map(other -> Arrays.stream(rows).mapToDouble(row -> other[row]).toArray())
                .toList();
        return new Table(selected, counted, moments, parts, tasks);
    }

    /**
     * Some rows of this table and of another that was cut out of the same one, in that order.
     *
     * @param rows places in this table, and behind its last in the other
     */
    public Table select(int[] rows, Table behind) {
        var joined = new HashMap<String, Column>();
        columns.forEach((name, column) -> joined.put(name, Interleaved.of(column, behind.column(name), rows)));
        List<double[]> tasks = new ArrayList<>();
        for (int task = 0; task < others.size(); task++) {
            tasks.add(Interleaved.of(others.get(task), behind.others.get(task), rows));
        }
        return new Table(
                Interleaved.of(targets, behind.targets, rows),
                weights == null || behind.weights == null ? null : Interleaved.of(weights, behind.weights, rows),
                times == null || behind.times == null ? null : Interleaved.of(times, behind.times, rows),
                joined,
                tasks);
    }
}
