package dev.ringside.training.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A column while it is being read. */
abstract sealed class ColumnBuilder {
    /** Takes the value of the current row; false if it is null or not finite, and then it is not taken. */
    abstract boolean append(ResultSet row, int index) throws SQLException;

    abstract Column build();

    static ColumnBuilder of(FeatureType type) {
        return switch (type) {
            case NUMBER -> new NumbersBuilder();
            case INTEGER -> new IntegersBuilder();
            case CATEGORY -> new CategoriesBuilder();
        };
    }

    private static final class NumbersBuilder extends ColumnBuilder {
        private float[] values = new float[1024];
        private int size;

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            float value = row.getFloat(index);
            if (row.wasNull() || !Float.isFinite(value)) {
                return false;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
            return true;
        }

        @Override
        Column build() {
            return new Column.Numbers(Arrays.copyOf(values, size));
        }
    }

    private static final class IntegersBuilder extends ColumnBuilder {
        private long[] values = new long[1024];
        private int size;

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            long value = row.getLong(index);
            if (row.wasNull()) {
                return false;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
            return true;
        }

        @Override
        Column build() {
            return new Column.Integers(Arrays.copyOf(values, size));
        }
    }

    private static final class CategoriesBuilder extends ColumnBuilder {
        private final Map<String, String> known = new HashMap<>();
        private String[] values = new String[1024];
        private int size;

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            String value = row.getString(index);
            if (value == null) {
                return false;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = known.computeIfAbsent(value, same -> same);
            return true;
        }

        @Override
        Column build() {
            return new Column.Categories(Arrays.copyOf(values, size));
        }
    }
}
