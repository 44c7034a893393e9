package dev.ringside.training.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables that are cut and put together again. */
class InterleavedTest {
    private static final Table ALL = new Table(
            new double[] {0, 1, 2, 3, 4, 5},
            new double[] {1, 2, 3, 4, 5, 6},
            new long[] {10, 11, 12, 13, 14, 15},
            Map.of(
                    "number", new Column.Numbers(new float[] {0.5f, Float.NaN, 2.5f, 3.5f, 4.5f, 5.5f}),
                    "integer", new Column.Integers(new long[] {5, 4, 3, 2, 1, 0}),
                    "text", Column.Categories.of("a", "b", "", "a", "c", "b"),
                    "numbers",
                            new Column.NumberLists(new float[] {0, 1, 1, 3, 3, 3, 5}, new int[] {0, 1, 3, 3, 6, 6, 7}),
                    "texts",
                            new Column.CategoryLists(
                                    List.of("x", "y"), new int[] {0, 1, 1, 0, 0}, new int[] {0, 0, 1, 3, 3, 4, 5})));
    private static final Table FIRST = ALL.select(new int[] {1, 3, 4});
    private static final Table SECOND = ALL.select(new int[] {0, 5});

    @Test
    void rowsOfBothAreTheRowsOfTheWhole() {
        Table joined = FIRST.select(new int[] {3, 0, 1, 2, 4}, SECOND);
        Table expected = ALL.select(new int[] {0, 1, 3, 4, 5});

        assertArrayEquals(expected.targets(), joined.targets());
        assertArrayEquals(expected.weights(), joined.weights());
        assertArrayEquals(expected.times(), joined.times());
        assertEquals(words(expected), words(joined));
    }

    @Test
    void someRowsMayBeLeftOutOrComeTwice() {
        assertEquals(words(ALL.select(new int[] {5, 4, 4})), words(FIRST.select(new int[] {4, 2, 2}, SECOND)));
    }

    @Test
    void columnsOfOtherTextsAreRefused() {
        Column others = Column.Categories.of("a", "z");

        assertThrows(IllegalArgumentException.class, () -> Interleaved.of(FIRST.column("text"), others, new int[] {0}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Interleaved.of(FIRST.column("text"), FIRST.column("number"), new int[] {0}));
    }

    /** What each row has, as its tensors say it. */
    private static List<String> words(Table rows) {
        return List.of("number", "integer", "text", "numbers", "texts").stream()
                .flatMap(name -> IntStream.range(0, rows.size())
                        .mapToObj(row -> name + row + " "
                                + Json.write(rows.column(name)
                                        .select(new int[] {row})
                                        .tensor(name)
                                        .data())))
                .toList();
    }
}
