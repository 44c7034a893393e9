package dev.ringside.training.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rows come from a source into memory: made once, put aside on the disk, counted, then read. */
class RowsAsideTest {
    private static final String TEN_DAYS = """
        SELECT TIMESTAMP '2020-01-01' + to_days(CAST(i AS INTEGER)) AS day, i % 2 = 1 AS won,
               i * 1.5 AS amount, i AS number, 'c' || i AS code
        FROM range(10) t(i)
        """;
    private static final Roles ROLES = new Roles("day", Label.binary("won"), null);
    private static final List<FeatureSpec> COLUMNS = List.of(
            new FeatureSpec("amount", FeatureType.NUMBER),
            new FeatureSpec("number", FeatureType.INTEGER),
            new FeatureSpec("code", FeatureType.CATEGORY));

    @TempDir
    private Path folder;

    private static Period between(String from, String to) {
        return new Period(
                LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toInstant(),
                LocalDate.parse(to).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static DatasetReader reader(Path data, @Nullable String query) {
        return new DatasetReader(new DataSource(data, Map.of(), query), ROLES, COLUMNS, "500MB");
    }

    @Test
    void theSourceQueryIsEvaluatedOnce() throws Exception {
        Path file = Duck.write(folder.resolve("days.parquet"), TEN_DAYS);
        // A function of the connection counts the rows that are made: the query itself may call none that varies.
        String query =
                "SELECT * REPLACE (counted(number) AS number) FROM read_parquet(getvariable('data')) ORDER BY day";
        var settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", settings);
                Statement statement = duckdb.createStatement()) {
            statement.execute("CREATE TEMP SEQUENCE evaluations");
            statement.execute("CREATE TEMP MACRO counted(x) AS x + 0 * nextval('evaluations')");

            Dataset dataset = reader(file, query)
                    .read(duckdb, Files.createDirectory(folder.resolve("spill")), between("2020-01-01", "2020-01-10"));

            assertEquals(9, dataset.rows().size());
            assertEquals(1, dataset.outside());
            try (ResultSet last = statement.executeQuery("SELECT currval('evaluations')")) {
                last.next();
                assertEquals(10, last.getLong(1), "each of ten rows was made once");
            }
        }
    }

    @Test
    void rowsThatTakeMoreThanTheMemoryLimitAreReadThroughTheDisk() throws Exception {
        Path file = wide();

        Table read = wideReader(file, "60MB").read(null).rows(); // they take 96 MB, and are sorted

        long[] numbers = ((Column.Integers) read.column("number")).values();
        assertEquals(600_000, numbers.length);
        assertEquals(600_000, Arrays.stream(numbers).distinct().count());
        assertTrue(Arrays.stream(numbers).limit(100).max().orElseThrow() > 100_000, "in the order of the query");
    }

    @Test
    void aLimitThatIsTooLowForTheQueryIsNamedWithWhatToDo() throws Exception {
        DatasetReader reader = wideReader(wide(), "20MB");

        String message =
                assertThrows(InvalidData.class, () -> reader.read(null)).getMessage();

        assertTrue(message.contains("more memory than the document's key memory allows"), message);
        assertFalse(message.contains("SET"), message);
    }

    private Path wide() throws SQLException {
        return Duck.write(folder.resolve("wide.parquet"), """
            SELECT TIMESTAMP '2020-01-01' + to_seconds(CAST(i AS INTEGER)) AS day, hash(i) % 2 = 1 AS won, i AS number
            FROM range(600000) t(i)
            """);
    }

    /** Makes 16 more columns of a number, and sorts them. */
    private static DatasetReader wideReader(Path file, String memory) {
        List<FeatureSpec> features = new ArrayList<>(List.of(new FeatureSpec("number", FeatureType.INTEGER)));
        var query = new StringBuilder("SELECT *");
        for (int i = 0; i < 16; i++) {
            features.add(new FeatureSpec("more" + i, FeatureType.INTEGER));
            query.append(", CAST(hash(number + %d) >> 1 AS BIGINT) AS more%d".formatted(i, i));
        }
        query.append(" FROM read_parquet(getvariable('data')) ORDER BY hash(number), number");
        return new DatasetReader(new DataSource(file, Map.of(), query.toString()), ROLES, features, memory);
    }

    @Test
    void aValueThatDoesNotFitItsTypeIsNoMistakeInRowsOfOtherTimes() throws Exception {
        Path file = Duck.write(
                folder.resolve("days.parquet"),
                "SELECT * REPLACE (CASE WHEN number = 9 THEN 1e300 ELSE amount END AS amount) FROM (" + TEN_DAYS + ")");

        Dataset dataset = reader(file, null).read(between("2020-01-01", "2020-01-10"));

        assertEquals(9, dataset.rows().size());
        assertThrows(InvalidData.class, () -> reader(file, null).read(between("2020-01-01", "2020-01-11")));
    }

    @Test
    void rowsThatWouldNotFitAreRefusedWithWhatToDo() {
        var need = HeapNeed.of(3_000_000, 0, ROLES, COLUMNS);

        assertEquals(3_000_000 * (8L + 8 + 4 + 8 + 4), need.bytes());
        need.check("flights.parquet", 300L << 20);
        String message = assertThrows(InvalidData.class, () -> need.check("flights.parquet", 200L << 20))
                .getMessage();
        assertTrue(message.contains("3000000 rows take 92 MB"), message);
        assertTrue(message.contains("more than the 200 MB that Java may take; give it more (--heap 300MB)"), message);
    }

    @Test
    void ofListsEveryItemIsPartOfWhatRowsTake() throws Exception {
        Path file = Duck.write(
                folder.resolve("lists.parquet"),
                "SELECT *, [number, number + 1, number + 2] AS three FROM (" + TEN_DAYS + ")");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            RowsAside.open(statement, folder);
            var aside = new RowsAside(statement, between("2020-01-02", "2020-01-04"));
            aside.fill("epoch_ms(day)", List.of("won", "three"), "'" + file + "'");

            assertEquals(new RowsAside.Counts(10, 0, 2, 6), aside.counts(List.of(1)));
        }
    }
}
