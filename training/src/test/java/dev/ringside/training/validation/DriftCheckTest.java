package dev.ringside.training.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.SharedFolder;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.split.Shuffle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftCheckTest {
    private static ValidationSettings limits(DriftLimits limits) {
        return new ValidationSettings(
                null,
                LeakSettings.DEFAULT,
                new DriftSettings(limits, 10, new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    private static Rows rows(int size, double shift) {
        return rows(size, shift, 0);
    }

    private static Rows rows(int size, double shift, int stream) {
        return new Rows(size, row -> row % 2)
                .number("x", row -> Rows.uniform(row, stream + 1) + shift)
                .text("city", row -> "c" + (int) (4 * Rows.uniform(row, stream + 2) + 2 * shift));
    }

    private static List<ColumnDrift> drift(ValidationSettings settings, Rows train, Rows test) {
        return train.report(settings, Label.Kind.BINARY, test).drift();
    }

    /** The figures that the reference page gives of these columns, by another implementation. */
    @Test
    @SharedFolder.DataNeeded
    void electricityDemandMovesInTimeAsMuchAsTheReferenceSaysAndShuffledNotAtAll() throws IOException {
        for (Map.Entry<String, Double> column :
                Map.of("vicdemand", 1.46, "transfer", 1.27).entrySet()) {
            double[] all = SharedFolder.numbers("elec.csv", column.getKey());
            var check = new DriftCheck(new DriftSettings(
                    DriftLimits.DEFAULT, DriftSettings.BINS, new LinkedHashMap<>(), new LinkedHashMap<>()));

            ColumnDrift moved = check.measure(column.getKey(), "test", part(all, 0, 0.6), part(all, 0.8, 1));

            assertEquals(column.getValue(), moved.psi(), 0.005, column.getKey());
            assertTrue(
                    moved.words()
                            .startsWith("drift: column '" + column.getKey() + "' moved between train and test: PSI "
                                    + column.getValue().toString().substring(0, 3)),
                    moved::words);
            int[] order = new int[all.length];
            Arrays.setAll(order, row -> row);
            Shuffle.shuffle(order, 1);
            double[] shuffled =
                    Arrays.stream(order).mapToDouble(row -> all[row]).toArray();
            ColumnDrift still = check.measure(column.getKey(), "test", part(shuffled, 0, 0.6), part(shuffled, 0.8, 1));
            assertTrue(still.psi() <= 0.002, still::toString);
            assertEquals(List.of(), still.excesses());
        }
    }

    private static Items part(double[] all, double from, double to) {
        return new Items.Numbers(
                Arrays.copyOfRange(all, (int) (from * all.length), (int) (to * all.length)), null, false);
    }

    @Test
    void withoutLimitsDriftIsMeasuredAndStopsNothing() {
        ValidationReport report = rows(2000, 0)
                .report(
                        new ValidationSettings(null, LeakSettings.DEFAULT, DriftSettings.MEASURE),
                        Label.Kind.BINARY,
                        rows(2000, 0.5));

        assertTrue(report.drift().getFirst().psi() > 1, report.drift()::toString);
        assertEquals(List.of(), report.problems());
    }

    @Test
    void everyMeasureHasALimitOfItsOwn() {
        Rows train = rows(2000, 0);
        Rows test = rows(2000, 0.5);

        List<String> exceeded = drift(limits(new DriftLimits(0.25, 0.4, 0.1, 0.2)), train, test).stream()
                .flatMap(column -> column.excesses().stream().map(excess -> column.column() + " " + excess.key()))
                .toList();

        assertEquals(
                List.of("x psi", "x ks", "x js", "x total_variation", "city psi", "city js", "city total_variation"),
                exceeded);
    }

    @Test
    void aColumnMayHaveItsOwnLimitsOrBeAllowedToMove() {
        var settings = new DriftSettings(
                DriftLimits.DEFAULT,
                10,
                new LinkedHashMap<>(Map.of("x", new DriftLimits(50.0, null, null, null))),
                new LinkedHashMap<>(Map.of("city", "a new one opens each month")));

        List<ColumnDrift> found =
                drift(new ValidationSettings(null, LeakSettings.DEFAULT, settings), rows(2000, 0), rows(2000, 0.5));

        assertTrue(found.stream().allMatch(column -> column.excesses().isEmpty()), found::toString);
    }

    @Test
    void aGreatIndexOfAFewRowsIsChance() {
        List<ColumnDrift> found = new ArrayList<>();
        for (int stream = 10; stream < 40; stream += 2) {
            found.addAll(drift(limits(DriftLimits.DEFAULT), rows(40, 0), rows(40, 0, stream)));
        }

        assertTrue(found.stream().anyMatch(column -> column.psi() > 0.25), found::toString);
        assertTrue(found.stream().allMatch(column -> column.excesses().isEmpty()), found::toString);
    }

    @Test
    void theLabelItselfIsLookedAt() {
        Rows train = new Rows(1000, row -> row % 10 == 0 ? 1 : 0).number("x", row -> 1);
        Rows test = new Rows(1000, row -> row % 2).number("x", row -> 1);

        ColumnDrift label = drift(limits(DriftLimits.DEFAULT), train, test).getLast();

        assertEquals("y", label.column());
        assertTrue(label.words().contains("PSI"), label::words);
        assertEquals(1, label.excesses().size());
    }

    @Test
    void namesOfWhichEachIsRareAreOneBinAndNewOnesAnother() {
        Rows train = new Rows(3000, row -> row % 2).text("name", row -> "n" + row % 500);
        Rows same = new Rows(3000, row -> row % 2).text("name", row -> "n" + (row * 7) % 500);
        Rows other = new Rows(3000, row -> row % 2).text("name", row -> "m" + row % 500);

        ColumnDrift still = drift(limits(DriftLimits.DEFAULT), train, same).getFirst();
        ColumnDrift moved = drift(limits(DriftLimits.DEFAULT), train, other).getFirst();

        assertEquals(101, still.bins().size());
        assertTrue(still.psi() < 0.1, still::toString);
        assertEquals(1, moved.bins().getLast().other(), moved::toString);
        assertEquals(1, moved.excesses().size());
        assertNull(moved.ks());
    }
}
