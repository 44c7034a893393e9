package dev.ringside.training.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One part of a data set while it is being read, with a count of what cannot be used. */
final class PartBuilder {
    private final String name;
    private final List<FeatureSpec> specs;
    private final List<ColumnBuilder> builders;
    private final Map<String, Integer> unusable = new LinkedHashMap<>();
    private final BitSet positives = new BitSet();
    private int rows;
    private int badLabels;

    PartBuilder(String name, List<FeatureSpec> specs) {
        this.name = name;
        this.specs = specs;
        this.builders =
                specs.stream().map(spec -> ColumnBuilder.of(spec.type())).toList();
    }

    /** Takes a row whose label stands at an index and whose columns follow it. */
    void append(ResultSet row, int labelIndex) throws SQLException {
        double label = row.getDouble(labelIndex);
        if (row.wasNull() || (label != 0 && label != 1)) {
            badLabels++;
        } else {
            positives.set(rows, label == 1);
        }
        rows++;
        for (int i = 0; i < builders.size(); i++) {
            if (!builders.get(i).append(row, labelIndex + 1 + i)) {
                unusable.merge(specs.get(i).name(), 1, Integer::sum);
            }
        }
    }

    /** Adds what keeps this part from being used. */
    void check(List<String> problems, String label, Period period) {
        if (rows == 0) {
            problems.add(name + ": no row between " + period.from() + " and " + period.to());
        }
        if (badLabels > 0) {
            problems.add(name + ": label '" + label + "' is neither 0 nor 1 in " + badLabels + " of " + rows + " rows");
        }
        unusable.forEach((column, count) -> problems.add(name + ": column '" + column
                + "' is null or not finite in " + count + " of " + rows
                + " rows; fill or leave them out in the source query"));
        int positive = positives.cardinality();
        if (rows > 0 && badLabels == 0 && (positive == 0 || positive == rows)) {
            problems.add(name + ": label '" + label + "' is the same in all " + rows + " rows");
        }
    }

    Rows build() {
        boolean[] labels = new boolean[rows];
        positives.stream().forEach(row -> labels[row] = true);
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            columns.put(specs.get(i).name(), builders.get(i).build());
        }
        return new Rows(labels, columns);
    }
}
