package dev.ringside.training.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.Digests;
import dev.ringside.training.split.Parts;
import dev.ringside.training.split.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {
    private static final String TEN_DAYS = """
        SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i AS INTEGER)) AS day, i % 2 = 1 AS won,
               i * 1.5 AS amount, i AS number, 'c' || i AS code
        FROM range(10) t(i)
        """;
    private static final Split.Periods SPLIT = new Split.Periods(
            days("2020-01-01", "2020-01-05"), days("2020-01-05", "2020-01-08"), days("2020-01-08", "2020-01-10"));
    private static final List<FeatureSpec> COLUMNS = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("number", FeatureType.INTEGER),
            new FeatureSpec("code", FeatureType.CATEGORY));

    @TempDir
    private Path folder;

    private static Period days(String from, String to) {
        return new Period(day(from), day(to));
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Roles roles(String time, String label) {
        return new Roles(time, Label.binary(label), null);
    }

    private static Table part(Dataset dataset, int[] places) {
        return dataset.rows().select(places);
    }

    private static DatasetReader reader(Path data, @Nullable String query) {
        return new DatasetReader(new DataSource(data, Map.of(), query), roles("day", "won"), COLUMNS, "500MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"days.parquet", "days.csv"})
    void cutsAFileIntoPartsByTimeAndLeavesOutOtherTimes(String name) throws Exception {
        Path file = Duck.write(folder.resolve(name), TEN_DAYS);

        Dataset dataset = reader(file, null).read(SPLIT.range());

        Parts parts = SPLIT.parts(dataset.rows(), 1);
        assertEquals(4, parts.train().length);
        assertEquals(3, parts.validation().length);
        Table test = part(dataset, parts.test());
        assertArrayEquals(new boolean[] {true, false}, test.labels());
        assertArrayEquals(new float[] {10.5f, 12f}, ((Column.Numbers) test.column("amount")).values());
        assertArrayEquals(new long[] {7, 8}, ((Column.Integers) test.column("number")).values());
        assertArrayEquals(new String[] {"c7", "c8"}, test.texts("code"));
        assertEquals(Digests.sha256(file), dataset.sha256());
    }

    @Test
    void aQueryFindsTheDataAndTheViewsBeforeIt() throws Exception {
        Path file = Duck.write(folder.resolve("it's days.parquet"), TEN_DAYS);
        var source = new DataSource(
                file,
                Map.of("prepared", "SELECT * REPLACE (number + 100 AS number) FROM read_parquet(getvariable('data'))"),
                "SELECT * FROM prepared -- the order is the file's");

        Dataset dataset = new DatasetReader(source, roles("day", "won"), COLUMNS, "500MB").read(SPLIT.range());

        Table test = part(dataset, SPLIT.parts(dataset.rows(), 1).test());
        assertArrayEquals(new long[] {107, 108}, ((Column.Integers) test.column("number")).values());
    }

    @Test
    void listsAllColumnsThatAreMissingOrOfAnotherKindTogether() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        var reader = new DatasetReader(
                new DataSource(file, Map.of(), null),
                roles("date", "code"),
                List.of(new FeatureSpec("amount", FeatureType.INTEGER), new FeatureSpec("day", FeatureType.NUMBER)),
                "500MB");

        String message = assertThrows(InvalidData.class, () -> reader.read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("time 'date': no such column"), message);
        assertTrue(message.contains("label 'code': expected a boolean or a number, found VARCHAR"), message);
        assertTrue(message.contains("feature 'amount': expected a whole number, found DECIMAL"), message);
        assertTrue(message.contains("feature 'day': expected a number, found TIMESTAMP"), message);
    }

    @Test
    void listsEverythingInTheRowsThatCannotBeUsedTogether() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), """
            SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i AS INTEGER)) AS day, i AS won,
                   CASE WHEN i = 1 THEN 'inf'::DOUBLE ELSE i END AS amount, nullif(i, 2) AS number, 'c' AS code
            FROM range(6) t(i)
            """);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("label 'won' is neither 0 nor 1 in 4 of 6 rows"), message);
        assertTrue(message.contains("feature 'amount' is infinite in 1 of 6 rows"), message);
        assertTrue(message.contains("feature 'number' is missing in 1 of 6 rows"), message);
        assertTrue(message.contains("missing: -1"), message);
    }

    @Test
    void aMissingValueHasAFormOfItsOwnInEachType() throws Exception {
        Path file = Duck.write(
                folder.resolve("days.parquet"),
                "SELECT day, won, CASE WHEN number <> 7 THEN amount END AS amount, CASE WHEN number <> 7 THEN number"
                        + " END AS number, CASE WHEN number <> 7 THEN code END AS code FROM (" + TEN_DAYS + ")");
        var reader = new DatasetReader(
                new DataSource(file, Map.of(), null),
                roles("day", "won"),
                List.of(
                        COLUMNS.get(0),
                        new FeatureSpec("number", FeatureType.INTEGER, -1L),
                        new FeatureSpec("code", FeatureType.CATEGORY)),
                "500MB");

        Table rows = reader.read(null).rows();

        assertTrue(Float.isNaN(((Column.Numbers) rows.column("amount")).values()[7]));
        assertEquals(-1, ((Column.Integers) rows.column("number")).values()[7]);
        assertEquals("", rows.texts("code")[7]);
        assertEquals(10, rows.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random() AS amount | random()",
                "amount + (SELECT * FROM query('SELECT random()')) AS amount | query()",
                "amount + (SELECT count(*) FROM read_csv('other.csv')) AS amount | other.csv",
                "date_diff('day', day, now()::TIMESTAMP) AS amount | now()",
                "date_diff('day', day, current_date) AS amount | current_date"
            })
    void aQueryThatGivesOtherRowsEachTimeOrReadsOtherFilesIsRefused(String line) throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        String[] parts = line.split(" \\| ", 2);
        String query = "SELECT * REPLACE (" + parts[0] + ") FROM read_parquet(getvariable('data'))";

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, query).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains(parts[1]), message);
    }

    @Test
    void everyFileThatIsNamedIsPartOfTheDigest() throws Exception {
        Path days = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        Path rates = Duck.write(folder.resolve("rates.parquet"), "SELECT 2 AS rate");
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("data", days);
        files.put("rates", rates);
        var source = new DataSource(
                files,
                Map.of(),
                "SELECT * REPLACE (amount * rate AS amount) FROM read_parquet(getvariable('data')),"
                        + " read_parquet(getvariable('rates'))");
        var reader = new DatasetReader(source, roles("day", "won"), COLUMNS, "500MB");

        Dataset before = reader.read(null);
        Duck.write(rates, "SELECT 3 AS rate");

        assertEquals(3, ((Column.Numbers) before.rows().column("amount")).values()[1]);
        assertNotEquals(before.sha256(), reader.read(null).sha256());
    }

    @Test
    void aQueryThatDoesNotRunIsShownWithItsReason() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, "SELECT nonsense").read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("nonsense"), message);
    }

    @Test
    @DisplayName("D1: a value that cannot be read, late in a long file, is refused with its line")
    void aLateValueThatCannotBeReadIsRefusedWithItsLine() throws Exception {
        Path file = folder.resolve("long.csv");
        var rows = new StringBuilder("day,won,amount,number,code\n");
        for (int i = 0; i < 60_000; i++) {
            rows.append(i < 30_000 ? "2020-01-02" : "2020-01-08")
                    .append(i % 2 == 0 ? ",true," : ",false,")
                    .append(i == 59_990 ? "unknown" : "1.5")
                    .append(",7,c\n");
        }
        Files.writeString(file, rows);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("feature 'amount': expected a number, found 'unknown' in row 59991"), message);
    }

    @Test
    @DisplayName("D1: an error of the source query is refused, however many rows came before it")
    void anErrorOfTheQueryIsRefusedHoweverManyRowsCameBeforeIt() throws Exception {
        Path file = Duck.write(folder.resolve("long.parquet"), """
            SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i // 7000 AS INTEGER)) AS day, i % 2 = 1 AS won,
                   CASE WHEN i = 59990 THEN 'unknown' ELSE '1.5' END AS amount, i AS number, 'c' AS code
            FROM range(60000) t(i)
            """);
        String query = "SELECT * REPLACE (CAST(amount AS DOUBLE) AS amount) FROM read_parquet(getvariable('data'))";

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, query).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("unknown"), message);
    }

    @Test
    @DisplayName("D1: rows without a time are counted and refused")
    void rowsWithoutATimeAreCountedAndRefused() throws Exception {
        Path file = Duck.write(
                folder.resolve("days.parquet"),
                "SELECT * REPLACE (CASE WHEN number % 3 < 2 THEN day END AS day) FROM (" + TEN_DAYS + ")");

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("time 'day' is null in 3 of 10 rows"), message);
    }

    @Test
    @DisplayName("D1: rows of other times are left out and counted")
    void rowsOfOtherTimesAreLeftOutAndCounted() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        var gap = new Split.Periods(days("2020-01-02", "2020-01-05"), null, days("2020-01-06", "2020-01-09"));

        Dataset dataset = reader(file, null).read(gap.range());

        Parts parts = gap.parts(dataset.rows(), 1);
        assertEquals(3, parts.train().length);
        assertEquals(3, parts.test().length);
        assertEquals(4, dataset.outside() + parts.outside());
    }

    @Test
    @DisplayName("D2: a column's declared type and the label's are checked in every row, not in a sample of them")
    void typesAreCheckedBeyondTheRowsThatASnifferReads() throws Exception {
        Path file = folder.resolve("halves.csv");
        var rows = new StringBuilder("day,won,amount,number,code\n");
        for (int i = 0; i < 30_000; i++) {
            boolean late = i >= 25_000;
            rows.append(i < 15_000 ? "2020-01-02," : "2020-01-08,")
                    .append(late ? "0.4" : i % 2)
                    .append(",1.5,")
                    .append(late ? "2.5" : "2")
                    .append(late ? ",01067\n" : ",20095\n");
        }
        Files.writeString(file, rows);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT.range()))
                .getMessage();

        assertTrue(message.contains("feature 'number': expected a whole number, found '2.5' in row 25001"), message);
    }

    @Test
    @DisplayName("D3: a category of a text file is spelt as it stands there, as clients send it")
    void categoriesOfATextFileAreSpeltAsTheyStandThere() throws Exception {
        for (String code :
                List.of("True", "t", "08:00", "1.50", "1E5", "01/02/2026", "2026-01-02", "01067", "+5", "NULL", " x")) {
            Path file = folder.resolve("codes.csv");
            var rows = new StringBuilder("day,won,amount,number,code\n");
            for (int i = 0; i < 40; i++) {
                rows.append("2020-01-08,")
                        .append(i % 2)
                        .append(",1.5,2,")
                        .append(code)
                        .append('\n');
            }
            Files.writeString(file, rows);

            Table table = reader(file, null).read(SPLIT.range()).rows();

            assertEquals(code, table.texts("code")[39]);
        }
    }
}
