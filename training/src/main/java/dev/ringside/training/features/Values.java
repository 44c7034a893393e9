package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.graph.Graph;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Raw values as numbers or texts. */
final class Values {
    private Values() {}

    /** A row's number, NaN where it is missing. */
    static double number(Column column, int row) {
        return switch (column) {
            case Column.Numbers numbers -> numbers.values()[row];
            case Column.Integers integers -> integers.values()[row];
            case Column.Categories _, Column.NumberLists _, Column.CategoryLists _ ->
                throw new Unrepresentable("has no numbers, one a row");
        };
    }

    /** All numbers that are there, in the order of the rows. */
    static double[] numbers(Column column, @Nullable Long missing) {
        return IntStream.range(0, column.size())
                .mapToDouble(row -> number(column, row))
                .filter(value -> !Double.isNaN(value) && (missing == null || value != missing))
                .toArray();
    }

    /** All numbers that are there, rising. */
    static double[] sorted(Column column, @Nullable Long missing) {
        double[] numbers = numbers(column, missing);
        if (numbers.length == 0) {
            throw new Unrepresentable("is missing in every training row: leave it out");
        }
        Arrays.sort(numbers);
        return numbers;
    }

    /** Texts, or whole numbers as their texts. */
    static Column.Categories texts(Column column) {
        return switch (column) {
            case Column.Categories texts -> texts;
            case Column.Integers(long[] values) ->
                Column.Categories.of(
                        Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new));
            case Column.Numbers _, Column.NumberLists _, Column.CategoryLists _ ->
                throw new Unrepresentable("has neither texts nor whole numbers, one a row");
        };
    }

    /** Writes a raw input as texts: BYTES, [rows, 1]. */
    static String texts(Graph graph, FeatureSpec feature, String raw) {
        return feature.type() == FeatureType.INTEGER ? graph.cast(feature.name() + "/text", raw, DataType.BYTES) : raw;
    }

    /** A row's numbers that are there, in the order of the list. */
    static double[] list(Column column, int row) {
        if (!(column instanceof Column.NumberLists lists)) {
            throw new Unrepresentable("has no lists of numbers");
        }
        int from = lists.starts()[row];
        return IntStream.range(from, lists.starts()[row + 1])
                .mapToDouble(i -> lists.values()[i])
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    /** All rows' numbers that are there, rising. */
    static double[] listed(Column column) {
        if (!(column instanceof Column.NumberLists lists)) {
            throw new Unrepresentable("has no lists of numbers");
        }
        return IntStream.range(0, lists.values().length)
                .mapToDouble(i -> lists.values()[i])
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
    }

    static Column.CategoryLists textLists(Column column) {
        if (column instanceof Column.CategoryLists lists) {
            return lists;
        }
        throw new Unrepresentable("has no lists of texts");
    }
}
