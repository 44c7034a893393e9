package dev.ringside.training.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    /** By nothing, so that no column of a test is a leak. */
    private static double label(int row) {
        return Rows.uniform(row, 1) < 0.5 ? 1 : 0;
    }

    private static Rows learntFrom() {
        return new Rows(100, SchemaCheckTest::label)
                .number("share", row -> row % 10 == 0 ? Double.NaN : row % 10 / 10.0)
                .whole("age", -1L, row -> row == 3 ? -1 : 20 + row % 5)
                .text("city", row -> row % 2 == 0 ? "SLC" : "AUS")
                .text("name", row -> "n" + row + "é")
                .add(
                        new FeatureSpec("tags", FeatureType.CATEGORIES),
                        new Column.CategoryLists(List.of("a", "b"), new int[] {0, 1, 1}, starts(100, 3)));
    }

    /** The first row has all items, the others none. */
    private static int[] starts(int rows, int items) {
        int[] starts = new int[rows + 1];
        Arrays.fill(starts, 1, rows + 1, items);
        return starts;
    }

    private static List<String> problems(Schema schema, Rows rows) {
        return rows.report(
                        new ValidationSettings(schema, LeakSettings.DEFAULT, DriftSettings.MEASURE),
                        Label.Kind.BINARY,
                        null)
                .problems();
    }

    private static Schema with(Schema schema, String column, ColumnRule rule) {
        SequencedMap<String, ColumnRule> columns = new LinkedHashMap<>(schema.columns());
        columns.put(column, rule);
        return new Schema(columns);
    }

    @Test
    void rowsHoldToTheSchemaThatWasLearntFromThem() {
        Rows rows = learntFrom();

        Schema schema = Schema.learn(rows.table(), rows.features());

        assertEquals(List.of(), problems(schema, rows));
        assertEquals(
                new Range((float) 0.1, (float) 0.9),
                schema.columns().get("share").range());
        assertEquals(0.15, schema.columns().get("share").missing());
        assertEquals(new Range(20, 24), schema.columns().get("age").range());
        assertEquals(List.of("AUS", "SLC"), schema.columns().get("city").values());
        assertEquals(new Range(0, 3), schema.columns().get("tags").length());
    }

    @Test
    void moreThanAHundredTextsAreNamesOfWhichNewOnesMayCome() {
        Rows rows = new Rows(200, SchemaCheckTest::label)
                .text("name", row -> "n" + row % 101)
                .text("kind", row -> "k" + row % 100);

        Schema schema = Schema.learn(rows.table(), rows.features());

        assertEquals(null, schema.columns().get("name").values());
        assertEquals(100, schema.columns().get("kind").values().size());
    }

    @Test
    void everyAnomalyIsListedWithCountsValuesAndRows() {
        Schema schema = Schema.learn(learntFrom().table(), learntFrom().features());
        Rows later = new Rows(100, SchemaCheckTest::label)
                .number("share", row -> row < 40 ? Double.NaN : row == 70 ? 1.5 : row == 71 ? 1.25 : 0.5)
                .whole("age", -1L, row -> row == 9 ? 130 : 22)
                .text("city", row -> row == 5 || row == 6 ? "" : row > 90 ? "SEA" : "SLC")
                .text("name", row -> "n0é")
                .add(
                        new FeatureSpec("tags", FeatureType.CATEGORIES),
                        new Column.CategoryLists(List.of("b"), new int[4], starts(100, 4)))
                .number("more", row -> 1);

        assertEquals(
                List.of(
                        "schema: column 'share': expected missing values in at most 15 %, found missing ones in 40 of"
                                + " 100 values: row 1, row 2, row 3, …",
                        "schema: column 'share': expected numbers in [0.1, 0.9], found others in 2 of 100 values: 1.5"
                                + " in row 71, 1.25 in row 72",
                        "schema: column 'age': expected numbers in [20, 24], found others in 1 of 100 values: 130 in"
                                + " row 10",
                        "schema: column 'city': expected no missing values, found missing ones in 2 of 100 values: row"
                                + " 6, row 7",
                        "schema: column 'city': expected one of [AUS, SLC], found others in 9 of 100 values: 'SEA' in"
                                + " row 92, …",
                        "schema: column 'tags': expected lists of a length in [0, 3], found others in 1 of 100 values: 4"
                                + " in row 1",
                        "schema: column 'more': expected one of [share, age, city, name, tags], found a feature that the"
                                + " schema does not know"),
                problems(schema, later));
    }

    @Test
    void aColumnOfAnotherTypeIsNamedAndLookedAtNoFurther() {
        Schema schema = Schema.learn(learntFrom().table(), learntFrom().features());
        Rows later = new Rows(10, SchemaCheckTest::label).text("age", row -> "old");

        assertEquals(
                List.of("schema: column 'age': expected integer, found that the document declares it as category"),
                problems(schema, later));
    }

    @Test
    void asManyValuesAsTheSchemaAllowsMayLieOutside() {
        Rows rows = new Rows(1000, SchemaCheckTest::label).number("x", row -> row < 10 ? 99 : 1);
        Schema schema = new Schema(new LinkedHashMap<>(
                Map.of("x", new ColumnRule(FeatureType.NUMBER, new Range(0, 1), null, null, 0, 0.01))));

        assertEquals(List.of(), problems(schema, rows));
        Rows more = new Rows(1000, SchemaCheckTest::label).number("x", row -> row < 11 ? 99 : 1);
        assertTrue(
                problems(schema, more).getFirst().contains("but for at most 1 %, found others in 11 of 1000"),
                () -> problems(schema, more).toString());
    }

    @Test
    void aBoundIsTheNumberThatItsTextMeansInTheColumnsOwnPrecision() {
        Rows rows = new Rows(10, SchemaCheckTest::label).number("x", row -> 0.1f);
        Schema schema = with(
                new Schema(new LinkedHashMap<>()),
                "x",
                new ColumnRule(FeatureType.NUMBER, new Range(0.1, 0.1), null, null, 0, 0));

        assertEquals(List.of(), problems(schema, rows));
    }
}
