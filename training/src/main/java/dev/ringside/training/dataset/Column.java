package dev.ringside.training.dataset;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.util.Arrays;
import java.util.List;

/** The raw values of a column, one or a list of them a row. The arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public sealed interface Column {
    /** How many rows. */
    int size();

    /** The same values as an input of a model, shape [rows, 1], or [rows, longest] for lists. */
    Tensor tensor(String name);

    /** The values of some rows, which may be there several times. */
    Column select(int[] rows);

    /** Numbers, NaN where one is missing. */
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

    /**
     * Texts, the empty one where one is missing.
     *
     * @param texts every text that is there, in the order in which they first came
     * @param codes places in it, one a row
     */
    record Categories(List<String> texts, int[] codes) implements Column {
        /** Keeps the list as it is. */
        public Categories {
            texts = List.copyOf(texts);
        }

        /** Texts as they come. */
        public static Categories of(String... values) {
            var known = new CategoryCodes();
            int[] codes = Arrays.stream(values).mapToInt(known::code).toArray();
            return new Categories(known.texts(), codes);
        }

        /** The text of a row. */
        public String value(int row) {
            return texts.get(codes[row]);
        }

        @Override
        public int size() {
            return codes.length;
        }

        @Override
        public Tensor tensor(String name) {
            return Tensor.column(name, Arrays.stream(codes).mapToObj(texts::get).toArray(String[]::new));
        }

        @Override
        public Column select(int[] rows) {
            return new Categories(
                    texts, Arrays.stream(rows).map(row -> codes[row]).toArray());
        }
    }

    /**
     * Lists of numbers.
     *
     * @param values all rows' values, row after row
     * @param starts where each row begins, and where the last one ends
     */
    record NumberLists(float[] values, int[] starts) implements Column {
        @Override
        public int size() {
            return starts.length - 1;
        }

        @Override
        public Tensor tensor(String name) {
            int width = Lists.longest(starts);
            float[] padded = new float[size() * width];
            Arrays.fill(padded, Float.NaN);
            for (int row = 0; row < size(); row++) {
                System.arraycopy(values, starts[row], padded, row * width, starts[row + 1] - starts[row]);
            }
            return new Tensor(name, List.of((long) size(), (long) width), new TensorData.Fp32(padded));
        }

        @Override
        public Column select(int[] rows) {
            int[] selected = Lists.starts(starts, rows);
            float[] taken = new float[selected[rows.length]];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, starts[rows[i]], taken, selected[i], selected[i + 1] - selected[i]);
            }
            return new NumberLists(taken, selected);
        }
    }

    /**
     * Lists of texts.
     *
     * @param texts every text that is there
     * @param codes places in it, row after row
     * @param starts where each row begins, and where the last one ends
     */
    record CategoryLists(List<String> texts, int[] codes, int[] starts) implements Column {
        /** Keeps the list as it is. */
        public CategoryLists {
            texts = List.copyOf(texts);
        }

        @Override
        public int size() {
            return starts.length - 1;
        }

        @Override
        public Tensor tensor(String name) {
            int width = Lists.longest(starts);
            String[] padded = new String[size() * width];
            Arrays.fill(padded, "");
            for (int row = 0; row < size(); row++) {
                for (int i = starts[row]; i < starts[row + 1]; i++) {
                    padded[row * width + i - starts[row]] = texts.get(codes[i]);
                }
            }
            return new Tensor(name, List.of((long) size(), (long) width), new TensorData.Bytes(padded));
        }

        @Override
        public Column select(int[] rows) {
            int[] selected = Lists.starts(starts, rows);
            int[] taken = new int[selected[rows.length]];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(codes, starts[rows[i]], taken, selected[i], selected[i + 1] - selected[i]);
            }
            return new CategoryLists(texts, taken, selected);
        }
    }
}
