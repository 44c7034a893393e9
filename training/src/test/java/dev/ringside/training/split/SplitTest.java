package dev.ringside.training.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    private static final Shares SHARES = new Shares(0.6, 0.2, 0.2);
    private static final Table ROWS = rows(1_000);

    /** A row a minute, of 120 units, every tenth a positive. */
    private static Table rows(int count) {
        var random = new Random(3);
        double[] targets = new double[count];
        long[] times = new long[count];
        String[] units = new String[count];
        String[] declared = new String[count];
        for (int i = 0; i < count; i++) {
            targets[i] = i % 10 == 3 ? 1 : 0;
            times[i] = 60_000L * i;
            units[i] = "unit-" + random.nextInt(120);
            declared[i] = i < 700 ? "learn" : "hold";
        }
        return new Table(
                targets,
                null,
                times,
                Map.of("unit", Column.Categories.of(units), "part", Column.Categories.of(declared)));
    }

    private static Table sortedByLabel() {
        double[] targets = new double[100];
        Arrays.fill(targets, 80, 100, 1);
        return new Table(targets, null, null, Map.of());
    }

    private static Set<String> units(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> ROWS.texts("unit")[row]).collect(Collectors.toSet());
    }

    private static void assertEachRowOnce(Parts parts) {
        int[] all = IntStream.of(parts.train()).boxed().mapToInt(i -> i).toArray();
        Set<Integer> seen = new HashSet<>();
        for (int[] part : List.of(all, parts.validation(), parts.test())) {
            Arrays.stream(part).forEach(row -> assertTrue(seen.add(row), "row " + row + " in two parts"));
        }
        assertEquals(ROWS.size() - parts.outside(), seen.size());
    }

    @Test
    void randomSharesAreExactAndRepeatedByTheSeed() {
        Parts parts = new Split.Random(SHARES, false).parts(ROWS, 7);

        assertEachRowOnce(parts);
        assertEquals(600, parts.train().length);
        assertEquals(200, parts.test().length);
        assertArrayEquals(
                parts.test(), new Split.Random(SHARES, false).parts(ROWS, 7).test());
        assertFalse(Arrays.equals(
                parts.test(), new Split.Random(SHARES, false).parts(ROWS, 8).test()));
    }

    @Test
    void stratifiedPartsHaveTheSameShareOfPositives() {
        Parts parts = new Split.Random(SHARES, true).parts(ROWS, 7);

        assertEachRowOnce(parts);
        for (int[] part : List.of(parts.train(), parts.validation(), parts.test())) {
            assertEquals(
                    0.1,
                    Arrays.stream(part)
                            .mapToDouble(row -> ROWS.targets()[row])
                            .average()
                            .orElseThrow(),
                    1e-9);
        }
    }

    @Test
    void noUnitIsInTwoPartsAndAUnitStaysWhenRowsAreAdded() {
        Parts parts = new Split.Grouped(SHARES, "unit").parts(ROWS, 7);

        assertEachRowOnce(parts);
        Set<String> train = units(parts.train());
        assertTrue(units(parts.test()).stream().noneMatch(train::contains));
        assertTrue(units(parts.validation()).stream().noneMatch(train::contains));
        int[] first = IntStream.range(0, 800).toArray();
        Parts fewer = new Split.Grouped(SHARES, "unit").parts(ROWS.select(first), 7);
        assertArrayEquals(Arrays.stream(parts.train()).filter(row -> row < 800).toArray(), fewer.train());
    }

    @Test
    void orderedPartsFollowEachOtherAndAGapLeavesRowsOut() {
        Parts parts = new Split.Ordered(SHARES, Duration.ofMinutes(30)).parts(ROWS, 7);

        assertEquals(599, parts.train()[parts.train().length - 1]);
        assertEquals(629, parts.validation()[0]);
        assertEquals(799, parts.validation()[parts.validation().length - 1]);
        assertEquals(829, parts.test()[0]);
        assertEquals(58, parts.outside());
    }

    @Test
    void aDeclaredPartIsTakenAndValidationIsDrawnOfTheTeachingRows() {
        Parts parts = new Split.Declared("part", "learn", null, "hold", 0.2).parts(ROWS, 7);

        assertEachRowOnce(parts);
        assertEquals(140, parts.validation().length);
        assertEquals(300, parts.test().length);
        assertEquals(700, parts.test()[0]);
    }

    @Test
    void rowsInTheOrderOfTheirLabelAreRefusedWithTheReason() {
        String message = assertThrows(
                        InvalidData.class,
                        () -> new Split.Ordered(new Shares(0.8, 0, 0.2), Duration.ZERO).parts(sortedByLabel(), 1))
                .getMessage();

        assertTrue(message.contains("lie in the order of their label"), message);
        assertTrue(message.contains("kind: random or stratified"), message);
    }

    @Test
    void aPartOfOneClassIsRefused() {
        Table one = ROWS.select(
                IntStream.range(0, 1_000).filter(i -> i % 10 != 3 || i < 5).toArray());

        String message = assertThrows(InvalidData.class, () -> new Split.Ordered(SHARES, Duration.ZERO).parts(one, 1))
                .getMessage();

        assertTrue(message.contains("validation: the label is the same in all"), message);
        assertTrue(message.contains("test: the label is the same in all"), message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRowIsHeldOutInOneFold(boolean stratified) {
        List<Folds.Fold> folds = Folds.random(ROWS, 5, stratified, 3);

        assertEquals(5, folds.size());
        assertEquals(1_000, folds.stream().mapToInt(fold -> fold.test().length).sum());
        for (Folds.Fold fold : folds) {
            assertEquals(200, fold.test().length);
            assertEquals(800, fold.train().length);
        }
    }

    @Test
    void foldsOfUnitsAndOfTimeKeepTheirSidesApart() {
        for (Folds.Fold fold : Folds.grouped(ROWS, "unit", 4, 3)) {
            Set<String> train = units(fold.train());
            assertTrue(units(fold.test()).stream().noneMatch(train::contains));
        }
        for (Folds.Fold fold : Folds.ordered(ROWS, 4, 120_000)) {
            assertTrue(fold.test()[0] - fold.train()[fold.train().length - 1] >= 2, "two minutes apart");
        }
    }

    /** Rows that teach are put together with those that told when to stop, in the order in which they were read. */
    @Test
    void withoutAValidationPartItsRowsStandAmongThoseThatTeach() {
        double[] targets = ROWS.targets().clone();
        targets[7] = Double.NaN;
        targets[20] = Double.NaN;
        Table rows = ROWS.withTargets(targets);
        Parts parts = new Split.Random(SHARES, false).parts(rows, 5);
        int[] watched = parts.validation();
        TrainingSide joined = parts.withoutValidation(parts.training(rows), rows.select(watched));

        int[] expected = IntStream.concat(Arrays.stream(parts.train()), Arrays.stream(watched))
                .sorted()
                .toArray();
        assertArrayEquals(rows.select(expected).times(), joined.rows().times());
        assertArrayEquals(
                rows.select(parts.unlabelled()).times(), joined.unlabelled().times());
        assertEquals(expected.length, joined.labelled());
    }
}
