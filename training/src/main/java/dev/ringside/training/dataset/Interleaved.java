package dev.ringside.training.dataset;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Rows of two columns that were cut out of one, put together again without both of them side by side in between. */
final class Interleaved {
    private Interleaved() {}

    /**
     * One column of both.
     *
     * @param first a column
     * @param second one of the same kind; of texts, with the same list of them
     * @param rows places in the first, and behind its last in the second
     */
    static Column of(Column first, Column second, int[] rows) {
        int size = first.size();
        return switch (first) {
            case Column.Numbers(float[] values)
            when second instanceof Column.Numbers(float[] others) -> {
                float[] taken = new float[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    taken[i] = rows[i] < size ? values[rows[i]] : others[rows[i] - size];
                }
                yield new Column.Numbers(taken);
            }
            case Column.Integers(long[] values)
            when second instanceof Column.Integers(long[] others) -> new Column.Integers(of(values, others, rows));
            case Column.Categories(var texts, int[] codes)
            when second instanceof Column.Categories(var same, int[] others) && texts.equals(same) ->
                new Column.Categories(
                        texts,
                        Arrays.stream(rows)
                                .map(row -> row < size ? codes[row] : others[row - size])
                                .toArray());
            case Column.NumberLists lists
            when second instanceof Column.NumberLists others -> {
                float[] all = Arrays.copyOf(lists.values(), lists.values().length + others.values().length);
                System.arraycopy(others.values(), 0, all, lists.values().length, others.values().length);
                yield new Column.NumberLists(all, starts(lists.starts(), others.starts())).select(rows);
            }
            case Column.CategoryLists lists
            when second instanceof Column.CategoryLists others && lists.texts().equals(others.texts()) -> {
                int[] all = IntStream.concat(Arrays.stream(lists.codes()), Arrays.stream(others.codes()))
                        .toArray();
                yield new Column.CategoryLists(lists.texts(), all, starts(lists.starts(), others.starts()))
                        .select(rows);
            }
            case Column.Numbers _,
                    Column.Integers _,
                    Column.Categories _,
                    Column.NumberLists _,
                    Column.CategoryLists _ ->
                throw new IllegalArgumentException("expected two columns of the same kind and texts, found "
                        + first.getClass().getSimpleName() + " and "
                        + second.getClass().getSimpleName());
        };
    }

    static double[] of(double[] first, double[] second, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> row < first.length ? first[row] : second[row - first.length])
                .toArray();
    }

    static long[] of(long[] first, long[] second, int[] rows) {
        return Arrays.stream(rows)
                .mapToLong(row -> row < first.length ? first[row] : second[row - first.length])
                .toArray();
    }

    private static int[] starts(int[] first, int[] second) {
        int end = first[first.length - 1];
        return IntStream.concat(
                        Arrays.stream(first), Arrays.stream(second).skip(1).map(start -> Math.addExact(end, start)))
                .toArray();
    }
}
