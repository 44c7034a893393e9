package dev.ringside.training.dataset;

import dev.ringside.contract.inference.Tensor;
import java.util.Arrays;

/** The raw values of a feature, one a row. The arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public sealed interface Column {
    /** How many values. */
    int size();

    /** The same values as an input of a model, shape [n, 1]. */
    Tensor tensor(String name);

    /** The values of some rows. */
    Column select(int[] rows);

    /** Numbers. */
    record Numbers(float[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Tensor tensor(String name) {
            return Tensor.column(name, values);
        }

        @Override
        public Column select(int[] rows) {
            float[] selected = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Numbers(selected);
        }
    }

    /** Whole numbers. */
    record Integers(long[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Tensor tensor(String name) {
            return Tensor.column(name, values);
        }

        @Override
        public Column select(int[] rows) {
            return new Integers(
                    Arrays.stream(rows).mapToLong(row -> values[row]).toArray());
        }
    }

    /** Texts. */
    record Categories(String[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Tensor tensor(String name) {
            return Tensor.column(name, values);
        }

        @Override
        public Column select(int[] rows) {
            return new Categories(
                    Arrays.stream(rows).mapToObj(row -> values[row]).toArray(String[]::new));
        }
    }
}
