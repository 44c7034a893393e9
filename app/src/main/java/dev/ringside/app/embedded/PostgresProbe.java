package dev.ringside.app.embedded;

import dev.ringside.app.servers.ServerWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL for nothing, on a connection of its own. */
final class PostgresProbe implements ServerWatch.Probe {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Database database;
    private @Nullable Connection connection;

    PostgresProbe(Database database) {
        this.database = database;
    }

    @Override
    public void ask() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.connect(LIMIT);
            connection = open;
        }
        try (var statement = open.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is gone already.
            }
        }
    }
}
