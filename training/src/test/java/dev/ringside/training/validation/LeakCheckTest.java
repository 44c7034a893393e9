package dev.ringside.training.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    private static final ValidationSettings ALONE =
            new ValidationSettings(null, LeakSettings.DEFAULT, DriftSettings.MEASURE);

    /** A fifth are positives, by nothing. */
    private static Rows yesOrNo() {
        return new Rows(3000, row -> Rows.uniform(row, 1) < 0.2 ? 1 : 0);
    }

    private static Rows amounts() {
        return new Rows(3000, row -> StrictMath.exp(2 * Rows.uniform(row, 1) + Rows.uniform(row, 2)));
    }

    private static List<String> leaking(Rows rows, Label.Kind label) {
        return rows.report(ALONE, label, null).associations().stream()
                .filter(Association::leaks)
                .map(Association::feature)
                .toList();
    }

    @Test
    void theLabelAndWhatIsMadeOfItStopTheRun() {
        Rows rows = yesOrNo();
        rows.number("copy", rows::target)
                .number("turned", row -> -5 * rows.target(row))
                .number("near", row -> rows.target(row) + 1.2 * Rows.uniform(row, 3) * (row % 100 == 0 ? 2 : 0.8))
                .number("peak", row -> rows.target(row) == 1 ? 0.5 : Rows.uniform(row, 4) < 0.5 ? 0 : 1)
                .number("filledIn", row -> rows.target(row) == 1 ? Double.NaN : Rows.uniform(row, 5))
                .whole("code", null, row -> rows.target(row) == 1 ? 7 : row % 7)
                .text("words", row -> rows.target(row) == 1 ? "paid" : row % 2 == 0 ? "open" : "due")
                .number("honest", row -> rows.target(row) + 2 * Rows.uniform(row, 6));

        assertEquals(
                List.of("copy", "turned", "near", "peak", "filledIn", "code", "words"),
                leaking(rows, Label.Kind.BINARY));
    }

    @Test
    void listsThatHoldTheLabelStopTheRun() {
        Rows rows = yesOrNo();
        int[] starts = new int[rows.size + 1];
        for (int row = 0; row < rows.size; row++) {
            starts[row + 1] = starts[row] + 1 + (rows.target(row) == 1 ? 2 : (int) (2 * Rows.uniform(row, 7)));
        }
        int[] pairs = IntStream.rangeClosed(0, rows.size).map(row -> 2 * row).toArray();
        float[] values = new float[2 * rows.size];
        int[] codes = new int[2 * rows.size];
        for (int row = 0; row < rows.size; row++) {
            values[2 * row + row % 2] = (float) (1 + rows.target(row) + 0.5 * Rows.uniform(row, 8));
            values[2 * row + 1 - row % 2] = (float) Rows.uniform(row, 11) * -5;
            codes[2 * row] = (int) (5 * Rows.uniform(row, 9));
            codes[2 * row + 1] = rows.target(row) == 1 ? 5 : (int) (5 * Rows.uniform(row, 10));
        }
        rows.add(
                        new FeatureSpec("lengths", FeatureType.NUMBERS),
                        new Column.NumberLists(new float[starts[rows.size]], starts))
                .add(new FeatureSpec("greatest", FeatureType.NUMBERS), new Column.NumberLists(values, pairs))
                .add(
                        new FeatureSpec("tags", FeatureType.CATEGORIES),
                        new Column.CategoryLists(List.of("a", "b", "c", "d", "e", "won"), codes, pairs));

        List<Association> found = rows.report(ALONE, Label.Kind.BINARY, null).associations();

        assertEquals(
                List.of("length, by its order", "greatest, by its order", "'won', by its order"),
                found.stream().map(Association::by).toList());
        assertTrue(found.stream().allMatch(Association::leaks), found::toString);
    }

    @Test
    void theNameOfARowIsNoLeakAlthoughItTellsEveryLabelOfItsOwnRow() {
        Rows rows = yesOrNo();
        rows.text("name", row -> "row " + row)
                .text("pair", row -> "pair " + row / 2)
                .text("constant", row -> "x");

        List<Association> found = rows.report(ALONE, Label.Kind.BINARY, null).associations();

        assertTrue(found.stream().allMatch(association -> association.value() < 0.6), found::toString);
    }

    @Test
    void ofANumberACopyAMonotoneOneAndABinnedOneStopTheRun() {
        Rows rows = amounts();
        rows.number("euros", row -> 0.9 * rows.target(row) + 3)
                .number("logarithm", row -> StrictMath.log(rows.target(row)))
                .number("distance", row -> StrictMath.abs(StrictMath.log(rows.target(row)) - 1.5))
                .text("rounded", row -> Long.toString(StrictMath.round(2 * rows.target(row))))
                .number("honest", row -> rows.target(row) + 5 * Rows.uniform(row, 3))
                .text("name", row -> "row " + row);

        assertEquals(List.of("euros", "logarithm", "rounded"), leaking(rows, Label.Kind.NUMBER));
    }

    private static final Label RESULT =
            new Label("y", Label.Kind.CLASSES, null, List.of("lost", "drawn", "won"), false);

    /** Three classes, the last rare, by nothing. */
    private static Rows results() {
        return new Rows(3000, row -> Rows.uniform(row, 1) < 0.5 ? 0 : Rows.uniform(row, 1) < 0.95 ? 1 : 2);
    }

    @Test
    void whatTellsOneClassOfSeveralFromTheOthersStopsTheRunAlsoWhereItMixesUpTheRest() {
        Rows rows = results();
        rows.number("copy", rows::target)
                .number("middle", row -> rows.target(row) == 1 ? 0.5 : Rows.uniform(row, 4) < 0.5 ? 0 : 1)
                .number("prize", row -> rows.target(row) == 2 ? 1 : Rows.uniform(row, 5) / 2)
                .text("words", row -> rows.target(row) == 2 ? "cup" : row % 2 == 0 ? "open" : "due")
                .number("honest", row -> rows.target(row) + 4 * Rows.uniform(row, 6))
                .text("name", row -> "row " + row);

        List<Association> found = rows.report(ALONE, RESULT, null).associations();

        assertEquals(
                List.of("copy", "middle", "prize", "words"),
                found.stream()
                        .filter(Association::leaks)
                        .map(Association::feature)
                        .toList());
        assertTrue(found.stream().allMatch(association -> association.measure().equals("auc")), found::toString);
        assertEquals("by its order, 'won' against the others", found.get(2).by());
        assertTrue(found.get(4).value() < 0.95 && found.get(5).value() < 0.6, found::toString);
    }

    /** As a number, its place among the classes is told with an R² of far less than any limit. */
    @Test
    void aClassIsNoNumber() {
        Rows rows = results();
        rows.number("middle", row -> rows.target(row) == 1 ? 1 + Rows.uniform(row, 4) : Rows.uniform(row, 4));

        assertTrue(rows.report(ALONE, RESULT, null).associations().getFirst().leaks());
    }

    @Test
    void aClassOfAFewRowsTellsNothing() {
        Rows rows = new Rows(3000, row -> row < LeakCheck.LEAST_ROWS - 1 ? 2 : row % 2);
        rows.number("copy", row -> rows.target(row) == 2 ? 1 : Rows.uniform(row, 3) / 2);

        assertEquals(
                List.of(),
                rows.report(ALONE, RESULT, null).associations().stream()
                        .filter(Association::leaks)
                        .toList());
    }

    @Test
    void fewRowsCannotTell() {
        Rows few = new Rows(2 * LeakCheck.LEAST_ROWS - 2, row -> row % 2);
        few.number("copy", few::target);
        Rows enough = new Rows(2 * LeakCheck.LEAST_ROWS, row -> row % 2);
        enough.number("copy", enough::target);

        assertEquals(List.of(), leaking(few, Label.Kind.BINARY));
        assertEquals(List.of("copy"), leaking(enough, Label.Kind.BINARY));
    }

    @Test
    void aFeatureThatIsAllowedIsMeasuredAndDoesNotStop() {
        Rows rows = yesOrNo();
        rows.number("copy", rows::target);
        var allowed = new LinkedHashMap<>(Map.of("copy", "the rule is written by hand"));
        var settings = new ValidationSettings(null, new LeakSettings(0.99, 0.99, null, allowed), DriftSettings.MEASURE);

        ValidationReport report = rows.report(settings, Label.Kind.BINARY, null);

        assertEquals(1, report.associations().getFirst().value());
        assertEquals(List.of(), report.problems());
    }

    @Test
    void theComplaintNamesFeatureFigureThresholdAndWhatToDo() {
        Rows rows = yesOrNo();
        rows.number("copy", rows::target);

        String complaint =
                rows.report(ALONE, Label.Kind.BINARY, null).problems().getFirst();

        assertTrue(
                complaint.startsWith("leaks: feature 'copy' by itself predicts the label with an AUC of 1.0000 (by its"
                        + " order) on the training part, where less than 0.99 is believed"),
                complaint);
        assertTrue(complaint.contains("known_after") && complaint.contains("leaks.allow"), complaint);
    }
}
