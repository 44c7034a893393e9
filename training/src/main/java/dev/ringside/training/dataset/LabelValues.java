package dev.ringside.training.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** A label's values while rows are being read, with a count of those that are none. */
final class LabelValues {
    private final Label label;
    private final double[] values;
    private int bad;

    LabelValues(Label label, int capacity) {
        this.label = label;
        values = new double[capacity];
    }

    /** Takes the value of a row; NaN stands for one that is missing and may be. */
    void append(ResultSet row, int place, int index) throws SQLException {
        double value = row.getDouble(place);
        boolean missing = row.wasNull();
        if (missing && label.optional()) {
            value = Double.NaN;
        } else if (missing || !fits(value)) {
            bad++;
        }
        values[index] = value;
    }

    private boolean fits(double value) {
        return switch (label.kind()) {
            case BINARY -> value == 0 || value == 1;
            case NUMBER -> Double.isFinite(value);
            case CLASSES -> value >= 0 && value < label.classes().size();
        };
    }

    /** Adds what keeps the rows from being used. */
    void check(List<String> problems, int rows) {
        if (bad > 0) {
            problems.add("label '" + label.column() + "' is "
                    + switch (label.kind()) {
                        case BINARY -> "neither 0 nor 1";
                        case NUMBER -> "missing or not finite";
                        case CLASSES -> "none of the classes " + label.classes();
                    }
                    + " in " + bad + " of " + rows + " rows");
        }
    }

    double[] build(int rows) {
        return rows == values.length ? values : Arrays.copyOf(values, rows);
    }
}
