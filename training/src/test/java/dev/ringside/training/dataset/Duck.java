package dev.ringside.training.dataset;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes small data files for tests. */
public final class Duck {
    private Duck() {}

    /** Writes the rows of a query as Parquet, or as CSV where the file is called so. */
    public static Path write(Path file, String query) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT "
                    + (file.toString().endsWith(".csv") ? "csv" : "parquet") + ")");
        }
        return file;
    }
}
