package dev.ringside.training.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.Digests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    private static final Split SPLIT = new Split(
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

    private static DatasetReader reader(Path data, @Nullable String query) {
        return new DatasetReader(new DataSource(data, Map.of(), query), "day", "won", COLUMNS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"days.parquet", "days.csv"})
    void cutsAFileIntoPartsByTimeAndLeavesOutOtherTimes(String name) throws Exception {
        Path file = Duck.write(folder.resolve(name), TEN_DAYS);

        Dataset dataset = reader(file, null).read(SPLIT);

        assertEquals(4, dataset.train().size());
        assertEquals(3, dataset.validation().size());
        assertArrayEquals(new boolean[] {true, false}, dataset.test().labels());
        assertArrayEquals(
                new float[] {10.5f, 12f}, ((Column.Numbers) dataset.test().column("amount")).values());
        assertArrayEquals(new long[] {7, 8}, ((Column.Integers) dataset.test().column("number")).values());
        assertArrayEquals(
                new String[] {"c7", "c8"}, ((Column.Categories) dataset.test().column("code")).values());
        assertEquals(Digests.sha256(file), dataset.sha256());
    }

    @Test
    void aQueryFindsTheDataAndTheViewsBeforeIt() throws Exception {
        Path file = Duck.write(folder.resolve("it's days.parquet"), TEN_DAYS);
        var source = new DataSource(
                file,
                Map.of("prepared", "SELECT * REPLACE (number + 100 AS number) FROM read_parquet(getvariable('data'))"),
                "SELECT * FROM prepared -- the order is the file's");

        Dataset dataset = new DatasetReader(source, "day", "won", COLUMNS).read(SPLIT);

        assertArrayEquals(
                new long[] {107, 108}, ((Column.Integers) dataset.test().column("number")).values());
    }

    @Test
    void listsAllColumnsThatAreMissingOrOfAnotherKindTogether() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        var reader = new DatasetReader(
                new DataSource(file, Map.of(), null),
                "date",
                "code",
                List.of(new FeatureSpec("amount", FeatureType.INTEGER), new FeatureSpec("day", FeatureType.NUMBER)));

        String message =
                assertThrows(InvalidData.class, () -> reader.read(SPLIT)).getMessage();

        assertTrue(message.contains("time 'date': no such column"), message);
        assertTrue(message.contains("label 'code': expected a boolean or a number, found VARCHAR"), message);
        assertTrue(message.contains("feature 'amount': expected a whole number, found DECIMAL"), message);
        assertTrue(message.contains("feature 'day': expected a number, found TIMESTAMP"), message);
    }

    @Test
    void listsEverythingInTheRowsThatCannotBeUsedTogether() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), """
                SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i AS INTEGER)) AS day, i AS won,
                       CASE WHEN i = 1 THEN 'nan'::DOUBLE ELSE i END AS amount, nullif(i, 2) AS number, 'c' AS code
                FROM range(6) t(i)
                """);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT))
                .getMessage();

        assertTrue(message.contains("train: label 'won' is neither 0 nor 1 in 2 of 4 rows"), message);
        assertTrue(message.contains("train: column 'amount' is null or not finite in 1 of 4 rows"), message);
        assertTrue(message.contains("train: column 'number' is null or not finite in 1 of 4 rows"), message);
        assertTrue(message.contains("test: no row between 2020-01-08T00:00:00Z and 2020-01-10T00:00:00Z"), message);
    }

    @Test
    void aPartWithOneClassOnlyIsRefused() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS.replace("i % 2 = 1", "i > 5"));

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, null).read(SPLIT))
                .getMessage();

        assertTrue(message.contains("train: label 'won' is the same in all 4 rows"), message);
    }

    @Test
    void aQueryThatDoesNotRunIsShownWithItsReason() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);

        String message = assertThrows(
                        InvalidData.class, () -> reader(file, "SELECT nonsense").read(SPLIT))
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
                        InvalidData.class, () -> reader(file, null).read(SPLIT))
                .getMessage();

        assertTrue(message.contains("line 59992: Error when converting column \"amount\""), message);
        assertTrue(message.contains("amount") && message.contains("unknown"), message);
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
                        InvalidData.class, () -> reader(file, query).read(SPLIT))
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
                        InvalidData.class, () -> reader(file, null).read(SPLIT))
                .getMessage();

        assertTrue(message.contains("time 'day' is null in 3 of 10 rows"), message);
    }

    @Test
    @DisplayName("D1: rows of other times are left out and counted")
    void rowsOfOtherTimesAreLeftOutAndCounted() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        var gap = new Split(days("2020-01-02", "2020-01-05"), null, days("2020-01-06", "2020-01-09"));

        Dataset dataset = reader(file, null).read(gap);

        assertEquals(3, dataset.train().size());
        assertEquals(3, dataset.test().size());
        assertEquals(4, dataset.outside());
    }
}
