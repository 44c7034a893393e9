package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query of the 3,000,000 flights, on five days of the demo's: it tells what it says it tells, and nothing that came later. */
class AllFlightsQueryTest {
    private static final Path QUERY = Path.of("../benchmarks/training/flights-3m.sql");
    private static final Path FLIGHTS =
            Path.of("../demo/flights.parquet").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Connection duckdb;
    private Statement statement;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        statement = duckdb.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        statement.close();
        duckdb.close();
    }

    /** Flights whose delay is an expression of what they were, and their features. */
    private void prepare(String delay) throws SQLException, IOException {
        Path flights = folder.resolve("flights.parquet");
        statement.execute("COPY (SELECT date, " + delay + " AS delay, distance, origin, destination FROM '" + FLIGHTS
                + "' WHERE date < TIMESTAMP '2001-01-06' ORDER BY date, origin, destination, distance) TO '" + flights
                + "' (FORMAT parquet)");
        statement.execute("SET VARIABLE data = '" + flights + "'");
        statement.execute("CREATE OR REPLACE TABLE found AS " + Files.readString(QUERY));
        statement.execute("""
                CREATE OR REPLACE TABLE flight AS
                SELECT *, file_row_number AS row, epoch_ms(date) // 600000 AS slot,
                    (epoch_ms(date) + 1800000 + distance * 7500 + delay * 60000) // 600000 AS known
                FROM read_parquet(getvariable('data'), file_row_number = true)
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "origin, origin, 6, origin_flights_1h, origin_late_share_1h, origin_minutes_1h",
        "origin, origin, 18, origin_flights_3h, origin_late_share_3h, origin_minutes_3h",
        "destination, origin, 6, inbound_flights_1h, inbound_late_share_1h,",
        "destination, origin, 18, inbound_flights_3h, inbound_late_share_3h, inbound_minutes_3h",
        "destination, destination, 12, , destination_late_share_2h,",
        "destination, destination, 36, destination_flights_6h, destination_late_share_6h, destination_minutes_6h",
        "origin, destination, 18, , destination_leaving_late_share_3h,"
    })
    void featuresOfAnAirportAreMadeOfTheFlightsThatLandedInTheSlotsBefore(
            String of, String at, int slots, String flights, String share, String minutes)
            throws SQLException, IOException {
        prepare("delay");

        String query = """
                SELECT max(abs(n - %s)), max(abs((behind + 0.4) / (n + 2) - %s)), max(abs(late - %s)), max(n), count(*)
                FROM (
                    SELECT f.row, count(o.date) AS n, count(*) FILTER (WHERE o.delay > 15) AS behind,
                        avg(greatest(-20, least(60, o.delay))) AS late
                    FROM flight AS f LEFT JOIN flight AS o
                        ON o.%s = f.%s AND o.known < f.slot AND o.known >= f.slot - %d
                    WHERE f.date >= TIMESTAMP '2001-01-03' AND f.row %% 7 = 0
                    GROUP BY ALL
                ) JOIN (SELECT * EXCLUDE (late) FROM found) USING (row)
                """.formatted(
                        flights == null ? "n" : flights, share, minutes == null ? "late" : minutes, of, at, slots);
        try (ResultSet difference = statement.executeQuery(query)) {
            difference.next();
            assertEquals(0, difference.getDouble(1));
            assertEquals(0, difference.getDouble(2), 1e-6);
            assertEquals(0, difference.getDouble(3), 1e-5);
            assertTrue(difference.getInt(4) > 5, "something is counted");
            assertTrue(difference.getInt(5) > 500, "of many flights");
        }
    }

    @Test
    void featuresOfADayOfEverywhereAndOfDeparturesAreMadeOfTheFlightsOfTheSlotsBefore()
            throws SQLException, IOException {
        prepare("delay");

        String query = """
                SELECT max(abs((day_late + 2) / (day + 10) - origin_late_share_24h)),
                    max(abs((all_late + 2) / (everywhere + 10) - anywhere_late_share_2h)),
                    max(abs(departures - origin_departures_1h)), max(departures)
                FROM (
                    SELECT f.row,
                        count(*) FILTER (WHERE o.origin = f.origin AND o.known < f.slot) AS day,
                        count(*) FILTER (WHERE o.origin = f.origin AND o.known < f.slot AND o.delay > 15) AS day_late,
                        count(*) FILTER (WHERE o.known < f.slot AND o.known >= f.slot - 12) AS everywhere,
                        count(*) FILTER (WHERE o.known < f.slot AND o.known >= f.slot - 12 AND o.delay > 15) AS all_late,
                        count(*) FILTER (WHERE o.origin = f.origin AND o.slot < f.slot AND o.slot >= f.slot - 6)
                            AS departures
                    FROM flight AS f JOIN flight AS o ON o.known >= f.slot - 144
                    WHERE f.date >= TIMESTAMP '2001-01-03' AND f.row % 97 = 0
                    GROUP BY ALL
                ) JOIN found USING (row)
                """;
        try (ResultSet difference = statement.executeQuery(query)) {
            difference.next();
            assertEquals(0, difference.getDouble(1), 1e-6);
            assertEquals(0, difference.getDouble(2), 1e-6);
            assertEquals(0, difference.getDouble(3));
            assertTrue(difference.getInt(4) > 3, "something is counted");
        }
    }

    @Test
    void everyFlightIsThereOnceInTheOrderOfTheFile() throws SQLException, IOException {
        prepare("delay");

        try (ResultSet rows =
                statement.executeQuery("SELECT (SELECT count(*) FROM flight), count(*), count(DISTINCT row),"
                        + " bool_and(row = place), bool_and(late = (delay > 15)) FROM (SELECT row, late, row_number() OVER () - 1"
                        + " AS place FROM found) JOIN flight USING (row)")) {
            rows.next();
            assertEquals(rows.getLong(1), rows.getLong(2));
            assertEquals(rows.getLong(1), rows.getLong(3));
            assertTrue(rows.getBoolean(4));
            assertTrue(rows.getBoolean(5));
        }
    }

    /** What becomes of flights that are not known yet changes no feature of a flight that leaves. */
    @Test
    void featuresOfAFlightAreMadeOfNothingThatCameLater() throws SQLException, IOException {
        String moment = "TIMESTAMP '2001-01-04 12:00:00'";
        prepare("delay");
        String before = features("<= " + moment);
        String after = features("> " + moment);

        // Flights that had not landed by then land three hours later than they did.
        prepare("CASE WHEN epoch_ms(date) + 1800000 + distance * 7500 + delay * 60000 >= epoch_ms(" + moment
                + ") THEN delay + 180 ELSE delay END");

        assertEquals(before, features("<= " + moment));
        assertNotEquals(after, features("> " + moment));
    }

    /** A digest of all features of some flights, but not of their labels. */
    private String features(String when) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT md5(string_agg(r::VARCHAR, ',' ORDER BY row)) FROM"
                + " (SELECT * EXCLUDE (late) FROM found WHERE date " + when + ") AS r")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
