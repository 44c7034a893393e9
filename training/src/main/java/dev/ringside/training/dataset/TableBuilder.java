package dev.ringside.training.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows while they are being read, with a count of what cannot be used. */
final class TableBuilder {
    private final Roles roles;
    private final List<FeatureSpec> specs;
    private final List<ColumnBuilder> builders;
    private final Map<String, Integer> unusable = new LinkedHashMap<>();
    private final LabelValues labels;
    private final List<LabelValues> tasks;
    private final double[] weights;
    private final long[] times;
    private int rows;
    private int badWeights;

    TableBuilder(Roles roles, List<FeatureSpec> specs, int capacity) {
        this.roles = roles;
        this.specs = specs;
        this.builders = specs.stream()
                .map(spec -> ColumnBuilder.of(spec.type(), capacity))
                .toList();
        labels = new LabelValues(roles.label(), capacity);
        tasks = roles.tasks().stream()
                .map(task -> new LabelValues(task.label(), capacity))
                .toList();
        weights = new double[roles.weight() == null ? 0 : capacity];
        times = new long[roles.time() == null ? 0 : capacity];
    }

    /** Takes a row: its time, its label, its weight, its features, then the labels of tasks. */
    void append(ResultSet row) throws SQLException {
        if (times.length > 0) {
            times[rows] = row.getLong(1);
        }
        labels.append(row, 2, rows);
        if (weights.length > 0) {
            weights[rows] = row.getDouble(3);
            if (row.wasNull() || !(weights[rows] > 0) || !Double.isFinite(weights[rows])) {
                badWeights++;
            }
        }
        for (int i = 0; i < builders.size(); i++) {
            if (!builders.get(i).append(row, 4 + i)) {
                unusable.merge(specs.get(i).name(), 1, Integer::sum);
            }
        }
        for (int i = 0; i < tasks.size(); i++) {
            tasks.get(i).append(row, 4 + builders.size() + i, rows);
        }
        rows++;
    }

    /** Adds what keeps the rows from being used. */
    void check(List<String> problems) {
        labels.check(problems, rows);
        tasks.forEach(task -> task.check(problems, rows));
        if (badWeights > 0) {
            problems.add("weight '" + roles.weight() + "' is missing or not above 0 in " + badWeights + " of " + rows
                    + " rows");
        }
        specs.stream()
                .filter(spec -> unusable.containsKey(spec.name()))
                .forEach(spec -> problems.add("feature '"
                        + spec.name() + "' is "
                        + (spec.type() == FeatureType.INTEGER
                                ? "missing in " + unusable.get(spec.name()) + " of " + rows
                                        + " rows, for which INT64 has no value: declare the number that clients send"
                                        + " for a missing one (missing: -1), or its type as number"
                                : "infinite in " + unusable.get(spec.name()) + " of " + rows
                                        + " rows: make such values missing or finite in the source query")));
    }

    Table build() {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            columns.put(specs.get(i).name(), builders.get(i).build());
        }
        return new Table(
                labels.build(rows),
                weights.length == 0 ? null : Arrays.copyOf(weights, rows),
                times.length == 0 ? null : rows == times.length ? times : Arrays.copyOf(times, rows),
                columns,
                tasks.stream().map(task -> task.build(rows)).toList());
    }
}
