package dev.ringside.training.dataset;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** A column while it is being read. What was read becomes the column itself, not a copy, where there are as many rows as said. */
abstract sealed class ColumnBuilder {
    /** Takes the value of the current row; false if it is one that the type has no value for. */
    abstract boolean append(ResultSet row, int index) throws SQLException;

    abstract Column build();

    static ColumnBuilder of(FeatureType type, int capacity) {
        return switch (type) {
            case NUMBER -> new NumbersBuilder(capacity);
            case INTEGER -> new IntegersBuilder(capacity);
            case CATEGORY -> new CategoriesBuilder(capacity);
            case NUMBERS -> new NumberListsBuilder(capacity);
            case CATEGORIES -> new CategoryListsBuilder(capacity);
        };
    }

    private static final class NumbersBuilder extends ColumnBuilder {
        private final float[] values;
        private int size;

        NumbersBuilder(int capacity) {
            values = new float[capacity];
        }

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            float value = row.getFloat(index);
            values[size++] = row.wasNull() ? Float.NaN : value;
            return !Float.isInfinite(value);
        }

        @Override
        Column build() {
            return new Column.Numbers(size == values.length ? values : Arrays.copyOf(values, size));
        }
    }

    private static final class IntegersBuilder extends ColumnBuilder {
        private final long[] values;
        private int size;

        IntegersBuilder(int capacity) {
            values = new long[capacity];
        }

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            values[size++] = row.getLong(index);
            return !row.wasNull();
        }

        @Override
        Column build() {
            return new Column.Integers(size == values.length ? values : Arrays.copyOf(values, size));
        }
    }

    private static final class CategoriesBuilder extends ColumnBuilder {
        private final CategoryCodes known = new CategoryCodes();
        private final int[] codes;
        private int size;

        CategoriesBuilder(int capacity) {
            codes = new int[capacity];
        }

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            String value = row.getString(index);
            codes[size++] = known.code(value == null ? "" : value);
            return true;
        }

        @Override
        Column build() {
            return new Column.Categories(known.texts(), size == codes.length ? codes : Arrays.copyOf(codes, size));
        }
    }

    private static final class NumberListsBuilder extends ColumnBuilder {
        private final int[] starts;
        private float[] values = new float[1024];
        private int size;

        NumberListsBuilder(int capacity) {
            starts = new int[capacity + 1];
        }

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            Array list = row.getArray(index);
            boolean finite = true;
            int end = starts[size];
            if (list != null) {
                for (Object element : (Object[]) list.getArray()) {
                    if (end == values.length) {
                        values = Arrays.copyOf(values, Math.multiplyExact(end, 2));
                    }
                    values[end] = element == null ? Float.NaN : ((Number) element).floatValue();
                    finite &= !Float.isInfinite(values[end++]);
                }
            }
            starts[++size] = end;
            return finite;
        }

        @Override
        Column build() {
            return new Column.NumberLists(Arrays.copyOf(values, starts[size]), Arrays.copyOf(starts, size + 1));
        }
    }

    private static final class CategoryListsBuilder extends ColumnBuilder {
        private final CategoryCodes known = new CategoryCodes();
        private final int[] starts;
        private int[] codes = new int[1024];
        private int size;

        CategoryListsBuilder(int capacity) {
            starts = new int[capacity + 1];
        }

        @Override
        boolean append(ResultSet row, int index) throws SQLException {
            Array list = row.getArray(index);
            int end = starts[size];
            if (list != null) {
                for (Object element : (Object[]) list.getArray()) {
                    if (end == codes.length) {
                        codes = Arrays.copyOf(codes, Math.multiplyExact(end, 2));
                    }
                    codes[end++] = known.code(element == null ? "" : element.toString());
                }
            }
            starts[++size] = end;
            return true;
        }

        @Override
        Column build() {
            return new Column.CategoryLists(
                    known.texts(), Arrays.copyOf(codes, starts[size]), Arrays.copyOf(starts, size + 1));
        }
    }
}
