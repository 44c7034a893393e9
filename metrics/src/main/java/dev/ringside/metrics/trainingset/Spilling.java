package dev.ringside.metrics.trainingset;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBConnection;

/** A DuckDB in memory for what is put aside while the log is read; what does not fit spills to a folder. Times are UTC. */
final class Spilling {
    private Spilling() {}

    /**
     * Opens one; the caller closes it.
     *
     * @param folder of its own
     */
    static DuckDBConnection open(Path folder) throws SQLException {
        DuckDBConnection duckdb = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET memory_limit = '512MB'");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET temp_directory = '" + folder.toString().replace("'", "''") + "'");
        }
        return duckdb;
    }

    static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
