package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents that {@code ringside bench training} trains. */
class BenchDocumentsTest {
    private static final Path FOLDER =
            Path.of("../benchmarks/training").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Data sets may be missing, and what another document trains; nothing else may be wrong. */
    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentOfTheBenchHasNoMistake(Path document) {
        try {
            ConfigurationReader.read(document, null, null);
        } catch (InvalidConfiguration e) {
            assertEquals(
                    List.of(),
                    e.problems().stream()
                            .filter(problem -> !problem.contains("no such file") && !problem.contains("no such folder"))
                            .toList());
        }
    }

    /** What each share is made of, as a condition on another flight o that is known when flight f leaves. */
    private static final Map<String, String> COUNTED = Map.of(
            "origin_flights_1h", "o.origin = f.origin AND o.known_ms >= f.departed_ms - 3600000",
            "origin_flights_3h", "o.origin = f.origin AND o.known_ms >= f.departed_ms - 3 * 3600000",
            "inbound_flights_3h", "o.destination = f.origin AND o.known_ms >= f.departed_ms - 3 * 3600000",
            "destination_flights_6h", "o.destination = f.destination AND o.known_ms >= f.departed_ms - 6 * 3600000");

    private static final Map<String, String> LATE = Map.of(
            "origin_flights_1h", "origin_late_share_1h",
            "origin_flights_3h", "origin_late_share_3h",
            "inbound_flights_3h", "inbound_late_share_3h",
            "destination_flights_6h", "destination_late_share_6h");

    /** Flights of five days, their features from the file, and what is known of them by the plain definition. */
    private void prepare(Statement statement, String delay) throws SQLException, IOException {
        Path flights = folder.resolve("flights.parquet");
        statement.execute("COPY (SELECT date, " + delay + " AS delay, distance, origin, destination FROM '"
                + Path.of("../demo/flights.parquet").toAbsolutePath().normalize()
                + "' WHERE date < TIMESTAMP '2001-01-06' ORDER BY date, origin, destination, distance) TO '" + flights
                + "' (FORMAT parquet)");
        statement.execute("SET VARIABLE data = '" + flights + "'");
        statement.execute("CREATE OR REPLACE TABLE found AS " + Files.readString(FOLDER.resolve("flights.sql")));
        statement.execute("""
                CREATE OR REPLACE TABLE flight AS
                SELECT *, epoch_ms(date) AS departed_ms,
                    epoch_ms(date) + 1800000 + distance * 7500 + delay * 60000 AS known_ms
                FROM read_parquet(getvariable('data'), file_row_number = true)
                """);
    }

    @Test
    void featuresOfFlightsCountWhatTheySayTheyCount() throws SQLException, IOException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            prepare(statement, "delay");
            for (Map.Entry<String, String> counted : COUNTED.entrySet()) {
                String query = """
                        SELECT max(abs(n - %1$s)), max(abs((behind + 0.4) / (n + 2) - %2$s)), max(n) FROM (
                            SELECT f.file_row_number AS row, count(o.date) AS n,
                                count(*) FILTER (WHERE o.delay > 15) AS behind
                            FROM flight AS f LEFT JOIN flight AS o
                                ON o.known_ms < f.departed_ms AND %3$s
                            WHERE f.date >= TIMESTAMP '2001-01-03' AND f.file_row_number %% 7 = 0
                            GROUP BY ALL
                        ) JOIN found USING (row)
                        """.formatted(counted.getKey(), LATE.get(counted.getKey()), counted.getValue());
                try (ResultSet difference = statement.executeQuery(query)) {
                    difference.next();
                    assertEquals(0, difference.getDouble(1), counted.getKey());
                    assertEquals(0, difference.getDouble(2), 1e-6, counted.getKey());
                    assertTrue(difference.getInt(3) > 5, "something is counted");
                }
            }
        }
    }

    /** What becomes of flights that are not known yet changes no feature of a flight that leaves. */
    @Test
    void featuresOfAFlightAreMadeOfNothingThatCameLater() throws SQLException, IOException {
        String moment = "TIMESTAMP '2001-01-04 12:00:00'";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            prepare(statement, "delay");
            String before = features(statement, "<= " + moment);
            String after = features(statement, "> " + moment);
            // Flights that had not landed by then land three hours later than they did.
            prepare(
                    statement,
                    "CASE WHEN epoch_ms(date) + 1800000 + distance * 7500 + delay * 60000 >= epoch_ms(" + moment
                            + ") THEN delay + 180 ELSE delay END");
            assertEquals(before, features(statement, "<= " + moment));
            assertNotEquals(after, features(statement, "> " + moment));
        }
    }

    /** A digest of all features of some flights, but not of their labels. */
    private static String features(Statement statement, String when) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT md5(string_agg(r::VARCHAR, ',' ORDER BY row)) FROM"
                + " (SELECT * EXCLUDE (late) FROM found WHERE date " + when + ") AS r")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
