package dev.ringside.experiments.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of one row of a result. */
public final class Columns {
    private final ResultSet row;

    Columns(ResultSet row) {
        this.row = row;
    }

    /** A text that is there. */
    public String text(String column) {
        String value = textOrNull(column);
        if (value == null) {
            throw new IllegalStateException("column '" + column + "' is null");
        }
        return value;
    }

    /** A text that may be absent. */
    public @Nullable String textOrNull(String column) {
        return get(() -> row.getString(column));
    }

    /** Texts. */
    public List<String> texts(String column) {
        return get(() -> List.of((String[]) row.getArray(column).getArray()));
    }

    /** A whole number. */
    public long number(String column) {
        return get(() -> row.getLong(column));
    }

    /** A truth. */
    public boolean truth(String column) {
        return get(() -> row.getBoolean(column));
    }

    /** A time that is there. */
    public Instant instant(String column) {
        Instant value = instantOrNull(column);
        if (value == null) {
            throw new IllegalStateException("column '" + column + "' is null");
        }
        return value;
    }

    /** A time that may be absent. */
    public @Nullable Instant instantOrNull(String column) {
        OffsetDateTime value = get(() -> row.getObject(column, OffsetDateTime.class));
        return value == null ? null : value.toInstant();
    }

    /** A whole number of 32 bits that may be absent. */
    public @Nullable Integer integerOrNull(String column) {
        return get(() -> row.getObject(column, Integer.class));
    }

    private interface Access<T extends @Nullable Object> {
        T get() throws SQLException;
    }

    private static <T extends @Nullable Object> T get(Access<T> access) {
        try {
            return access.get();
        } catch (SQLException e) {
            throw new StoreFailure("reading a column failed", e);
        }
    }
}
