package dev.ringside.app.demo.flights;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Parquet file of flights: {@code date} (departure, UTC), {@code delay} (minutes), {@code distance} (miles), {@code
 * origin}, {@code destination}.
 *
 * @param path where it is
 */
public record FlightFile(Path path) {
    private static final int DIGITS_OF_UNIT = 12;

    /** Checks that there is one. */
    public FlightFile {
        InvalidInput.require(
                Files.isRegularFile(path), "--data", "expected a Parquet file of flights, found none at " + path);
    }

    /**
     * Writes a part of the file: all flights of some airports, and of others, whole, in an order that depends on nothing
     * but their names, while the rows do not exceed a number.
     *
     * @param always the airports that are in it in any case
     * @param rows about how many rows it shall have
     * @param target the file to write
     */
    public FlightFile select(Collection<String> always, long rows, Path target) throws IOException {
        try (Connection duckdb = open()) {
            Set<String> chosen = new LinkedHashSet<>(always);
            long total = 0;
            try (Statement statement = duckdb.createStatement();
                    ResultSet airports = statement.executeQuery(
                            "SELECT origin, count(*) FROM " + source() + " GROUP BY origin ORDER BY NOT list_contains("
                                    + list(always) + ", origin), md5(origin)")) {
                while (airports.next()) {
                    String origin = airports.getString(1);
                    long flights = airports.getLong(2);
                    if (!chosen.contains(origin) && total + flights > rows) {
                        break;
                    }
                    chosen.add(origin);
                    total += flights;
                }
            }
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("COPY (SELECT date, delay, distance, origin, destination FROM read_parquet("
                        + text(path.toString()) + ", file_row_number = true) WHERE list_contains(" + list(chosen)
                        + ", origin) ORDER BY file_row_number) TO " + text(target.toString()) + " (FORMAT parquet)");
            }
            return new FlightFile(target);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** All airports that flights leave from, in order of their names. */
    public List<String> origins() throws IOException {
        try (Connection duckdb = open();
                Statement statement = duckdb.createStatement();
                ResultSet origins =
                        statement.executeQuery("SELECT DISTINCT origin FROM " + source() + " ORDER BY origin")) {
            var names = new ArrayList<String>();
            while (origins.next()) {
                names.add(origins.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads the flights that leave in some days, with features made of all flights of the file.
     *
     * @param features a query over the file that the variable {@code data} names, with the columns {@code row, date,
     *     landed, late, origin} and one for each input
     * @param inputs the slot's inputs
     * @param from the first day
     * @param until the day after the last
     */
    public Flights read(Path features, List<TensorSpec> inputs, LocalDate from, LocalDate until) throws IOException {
        String query = "SELECT *, epoch_ms(date) AS departed_ms, epoch_ms(landed) AS landed_ms FROM (\n"
                + Files.readString(features) + "\n) WHERE date >= TIMESTAMP '" + from + "' AND date < TIMESTAMP '"
                + until + "'";
        String unit = Digests.sha256(path).substring(0, DIGITS_OF_UNIT);
        try (Connection duckdb = open();
                Statement settings = duckdb.createStatement()) {
            settings.execute("SET VARIABLE data = " + text(path.toString()));
            settings.execute("CREATE TEMP TABLE flight AS " + query);
            int size;
            try (ResultSet count = settings.executeQuery("SELECT count(*) FROM flight")) {
                count.next();
                size = count.getInt(1);
            }
            try (ResultSet rows = settings.executeQuery("SELECT * FROM flight ORDER BY date, row")) {
                return read(rows, size, unit, inputs);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static Flights read(ResultSet rows, int size, String unit, List<TensorSpec> inputs) throws SQLException {
        long[] number = new long[size];
        long[] departed = new long[size];
        long[] landed = new long[size];
        String[] origins = new String[size];
        var late = new BitSet(size);
        List<Feature> features =
                inputs.stream().map(spec -> Feature.of(spec, size)).toList();
        for (int flight = 0; rows.next(); flight++) {
            number[flight] = rows.getLong("row");
            departed[flight] = rows.getLong("departed_ms");
            landed[flight] = rows.getLong("landed_ms");
            origins[flight] = rows.getString("origin").intern();
            late.set(flight, rows.getLong("late") > 0);
            for (Feature feature : features) {
                feature.take(rows, flight);
            }
        }
        return new Flights(unit, number, departed, landed, origins, late, features);
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:");
    }

    private String source() {
        return "read_parquet(" + text(path.toString()) + ")";
    }

    private static String list(Collection<String> names) {
        return names.stream().map(FlightFile::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private IOException unreadable(SQLException e) {
        return new IOException("flights in " + path + " cannot be read: " + e.getMessage(), e);
    }
}
