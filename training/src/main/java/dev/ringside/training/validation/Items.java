package dev.ringside.training.validation;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A column's values one after the other, of lists every item. An empty list counts as one that is missing, so that every
 * row has an item.
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
sealed interface Items {
    /** How many there are. */
    int size();

    /** The row of an item, from 0. */
    int row(int item);

    boolean missing(int item);

    /** The value as a document would write it. */
    String words(int item);

    /**
     * Numbers.
     *
     * @param values NaN for a missing one
     * @param rows of each item; null where it is one a row
     * @param single whether they are FP32, in which a number such as 0.1 is another than in FP64
     */
    record Numbers(double[] values, int @Nullable [] rows, boolean single) implements Items {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public int row(int item) {
            return rows == null ? item : rows[item];
        }

        @Override
        public boolean missing(int item) {
            return Double.isNaN(values[item]);
        }

        @Override
        public String words(int item) {
            return Words.number(values[item], single);
        }
    }

    /**
     * Texts.
     *
     * @param texts every text that is there, and perhaps others
     * @param codes places in it, −1 for a missing one
     * @param rows of each item; null where it is one a row
     */
    record Texts(List<String> texts, int[] codes, int @Nullable [] rows) implements Items {
        @Override
        public int size() {
            return codes.length;
        }

        @Override
        public int row(int item) {
            return rows == null ? item : rows[item];
        }

        @Override
        public boolean missing(int item) {
            return codes[item] < 0;
        }

        @Override
        public String words(int item) {
            return "'" + texts.get(codes[item]) + "'";
        }

        /** How often each text is there, in alphabetical order. */
        SortedMap<String, Integer> counts() {
            int[] counts = new int[texts.size()];
            for (int code : codes) {
                if (code >= 0) {
                    counts[code]++;
                }
            }
            SortedMap<String, Integer> found = new TreeMap<>();
            for (int code = 0; code < counts.length; code++) {
                if (counts[code] > 0) {
                    found.put(texts.get(code), counts[code]);
                }
            }
            return found;
        }

        /** All items as texts, some as others; null for a missing one. */
        @Nullable
        String[] values(UnaryOperator<String> shown) {
            String[] as = texts.stream().map(shown).toArray(String[]::new);
            @Nullable String[] values = new String[codes.length];
            for (int item = 0; item < values.length; item++) {
                values[item] = codes[item] < 0 ? null : as[codes[item]];
            }
            return values;
        }
    }

    /** The items of a feature's column. */
    static Items of(FeatureSpec feature, Column column) {
        return switch (column) {
            case Column.Numbers(float[] values) -> {
                double[] numbers = new double[values.length];
                Arrays.setAll(numbers, row -> values[row]);
                yield new Numbers(numbers, null, true);
            }
            case Column.Integers(long[] values) -> {
                Long missing = feature.missing();
                double[] numbers = new double[values.length];
                Arrays.setAll(
                        numbers, row -> missing != null && values[row] == missing ? Double.NaN : (double) values[row]);
                yield new Numbers(numbers, null, false);
            }
            case Column.Categories(List<String> texts, int[] codes) -> new Texts(texts, present(texts, codes), null);
            case Column.NumberLists(float[] values, int[] starts) -> {
                int[] places = places(starts);
                double[] numbers = new double[places.length];
                Arrays.setAll(numbers, item -> places[item] < 0 ? Double.NaN : values[places[item]]);
                yield new Numbers(numbers, rows(starts), true);
            }
            case Column.CategoryLists(List<String> texts, int[] codes, int[] starts) -> {
                int[] places = places(starts);
                int[] all = present(texts, codes);
                int[] items = new int[places.length];
                Arrays.setAll(items, item -> places[item] < 0 ? -1 : all[places[item]]);
                yield new Texts(texts, items, rows(starts));
            }
        };
    }

    /** The codes with −1 for the empty text, which stands for a missing one. */
    private static int[] present(List<String> texts, int[] codes) {
        int empty = texts.indexOf("");
        return empty < 0
                ? codes
                : Arrays.stream(codes).map(code -> code == empty ? -1 : code).toArray();
    }

    /** Where each item lies among the lists' values, −1 for an empty list. */
    private static int[] places(int[] starts) {
        int[] places = new int[rows(starts).length];
        int item = 0;
        for (int row = 0; row < starts.length - 1; row++) {
            if (starts[row] == starts[row + 1]) {
                places[item++] = -1;
            }
            for (int place = starts[row]; place < starts[row + 1]; place++) {
                places[item++] = place;
            }
        }
        return places;
    }

    private static int[] rows(int[] starts) {
        int count = 0;
        for (int row = 0; row < starts.length - 1; row++) {
            count += Math.max(1, starts[row + 1] - starts[row]);
        }
        int[] rows = new int[count];
        int item = 0;
        for (int row = 0; row < starts.length - 1; row++) {
            int next = item + Math.max(1, starts[row + 1] - starts[row]);
            Arrays.fill(rows, item, next, row);
            item = next;
        }
        return rows;
    }
}
