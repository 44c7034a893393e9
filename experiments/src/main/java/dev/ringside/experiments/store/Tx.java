package dev.ringside.experiments.store;

import dev.ringside.contract.InvalidInput;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One transaction. Arguments may be texts, arrays of texts, numbers, truths, instants, or null. */
public final class Tx {
    private final Connection connection;
    private final Set<String> experiments = new LinkedHashSet<>();

    Tx(Connection connection) {
        this.connection = connection;
    }

    /** Changes rows; returns how many. */
    public int update(String sql, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Reads rows. */
    public <T> List<T> list(String sql, Function<Columns, T> row, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            var columns = new Columns(result);
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(row.apply(columns));
            }
            return rows;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** Reads the first row, if there is one. */
    public <T> Optional<T> one(String sql, Function<Columns, T> row, @Nullable Object... arguments) {
        return list(sql, row, arguments).stream().findFirst();
    }

    /** Says that an experiment is changed by this transaction; whoever watches is told after the commit. */
    public void touched(String experiment) {
        experiments.add(experiment);
    }

    Set<String> touched() {
        return experiments;
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                Object value = arguments[i];
                InvalidInput.require(
                        !(value instanceof String text) || text.indexOf(0) < 0,
                        "",
                        "a text has the character NUL, which cannot be stored");
                statement.setObject(
                        i + 1,
                        value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            try {
                statement.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static StoreFailure failure(String sql, SQLException e) {
        return new StoreFailure(sql.strip() + ": " + e.getMessage(), e);
    }
}
