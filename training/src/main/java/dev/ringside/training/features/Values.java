package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
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

    static Column.Categories texts(Column column) {
        if (column instanceof Column.Categories texts) {
            return texts;
        }
        throw new Unrepresentable("has no texts, one a row");
    }
}
