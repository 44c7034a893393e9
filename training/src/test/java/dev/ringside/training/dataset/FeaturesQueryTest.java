package dev.ringside.training.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's {@code features.sql}: what it says of a flight is what was known when the flight left. */
class FeaturesQueryTest {
    private static final Path DEMO = Path.of("../demo");
    private static final int MINUTE = 60_000;

    @TempDir
    private Path folder;

    /** A flight; times in minutes since the beginning. */
    private record Flight(int departure, int delay, int distance, String origin, String destination) {
        double landed() {
            return departure + 30 + distance / 8.0 + delay;
        }
    }

    /** What the query says of a flight, beside its row. */
    private record Known(
            long hour,
            long weekday,
            long originFlights,
            float originShare,
            long destinationFlights,
            float destinationShare) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsExactlyTheFlightsThatLandedInTheHoursBefore(long seed) throws Exception {
        List<Flight> flights = flights(new Random(seed), 400);

        List<Known> known = query(flights);

        for (int row = 0; row < flights.size(); row++) {
            Flight flight = flights.get(row);
            List<Flight> from = flights.stream()
                    .filter(f -> f.origin().equals(flight.origin()))
                    .filter(f -> f.landed() < flight.departure() && f.landed() >= flight.departure() - 180)
                    .toList();
            List<Flight> to = flights.stream()
                    .filter(f -> f.destination().equals(flight.destination()))
                    .filter(f -> f.landed() < flight.departure() && f.landed() >= flight.departure() - 360)
                    .toList();
            var expected = new Known(
                    flight.departure() / 60 % 24,
                    flight.departure() / 1440 % 7 + 1, // the first day is a Monday
                    from.size(),
                    share(from),
                    to.size(),
                    share(to));
            assertEquals(expected, known.get(row), "seed " + seed + ", row " + row + ", " + flight);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doNotChangeWhenWhatLandedLaterIsChangedOrWasNeverThere(long seed) throws Exception {
        var random = new Random(seed);
        List<Flight> flights = flights(random, 300);
        int row = random.nextInt(flights.size());
        Flight asked = flights.get(row);
        List<Flight> others = new ArrayList<>();
        int itsRow = 0;
        for (int i = 0; i < flights.size(); i++) {
            Flight flight = flights.get(i);
            boolean later = flight.landed() >= asked.departure();
            if (i == row) {
                itsRow = others.size();
                others.add(new Flight(asked.departure(), 500, asked.distance(), asked.origin(), asked.destination()));
            } else if (!later) {
                others.add(flight);
            } else if (random.nextBoolean()) {
                others.add(new Flight(
                        flight.departure(),
                        flight.delay() + random.nextInt(600),
                        flight.distance(),
                        flight.origin(),
                        flight.destination()));
            }
        }

        assertEquals(query(flights).get(row), query(others).get(itsRow), "seed " + seed + ", row " + row);
        assertTrue(others.size() < flights.size(), "seed " + seed + " removes nothing");
    }

    @Test
    void readsTheDemosFlightsInTheOrderOfTheFileWithRowsFromZero() throws Exception {
        try (Connection duckdb = open(DEMO.resolve("flights.parquet"));
                Statement statement = duckdb.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*), min(row), max(row), count(DISTINCT row),"
                        + " bool_and(landed > date), sum(late) FROM (" + sql() + ")")) {
            assertTrue(found.next());
            assertEquals(265_875, found.getLong(1));
            assertEquals(0, found.getLong(2));
            assertEquals(265_874, found.getLong(3));
            assertEquals(265_875, found.getLong(4));
            assertTrue(found.getBoolean(5), "every flight lands after it leaves");
            assertEquals(48_657, found.getLong(6));
        }
    }

    private static float share(List<Flight> flights) {
        long late = flights.stream().filter(f -> f.delay() > 15).count();
        return (float) ((late + 0.4) / (flights.size() + 2));
    }

    private static List<Flight> flights(Random random, int count) {
        List<Flight> flights = new ArrayList<>();
        String[] origins = {"AAA", "BBB"};
        String[] destinations = {"XXX", "YYY", "ZZZ"};
        for (int i = 0; i < count; i++) {
            flights.add(new Flight(
                    random.nextInt(2 * 1440),
                    random.nextInt(4) == 0 ? 16 + random.nextInt(300) : 15 - random.nextInt(40),
                    8 * (10 + random.nextInt(30)) + random.nextInt(8),
                    origins[random.nextInt(origins.length)],
                    destinations[random.nextInt(destinations.length)]));
        }
        Collections.shuffle(flights, random); // the query must not lean on the order of the file
        return flights;
    }

    private List<Known> query(List<Flight> flights) throws Exception {
        var values = new StringBuilder();
        for (Flight flight : flights) {
            values.append(values.isEmpty() ? "" : ", ")
                    .append("(make_timestamp(%d * 1000::BIGINT + epoch_us(TIMESTAMP '2001-01-01')), %d, %d, '%s', '%s')"
                            .formatted(
                                    (long) flight.departure() * MINUTE,
                                    flight.delay(),
                                    flight.distance(),
                                    flight.origin(),
                                    flight.destination()));
        }
        Path file = Duck.write(
                folder.resolve("flights.parquet"),
                "SELECT * FROM (VALUES " + values + ") t(date, delay, distance, origin, destination)");
        List<Known> known = new ArrayList<>();
        try (Connection duckdb = open(file);
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql())) {
            while (rows.next()) {
                assertEquals(known.size(), rows.getLong("row"));
                known.add(new Known(
                        rows.getLong("hour"),
                        rows.getLong("weekday"),
                        rows.getLong("origin_flights_3h"),
                        rows.getFloat("origin_late_share_3h"),
                        rows.getLong("destination_flights_6h"),
                        rows.getFloat("destination_late_share_6h")));
            }
        }
        assertEquals(flights.size(), known.size());
        return known;
    }

    private static Connection open(Path data) throws SQLException {
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET VARIABLE data = '" + data + "'");
        }
        return duckdb;
    }

    private static String sql() throws Exception {
        return Files.readString(DEMO.resolve("features.sql"));
    }
}
