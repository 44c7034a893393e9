package dev.ringside.training.dataset;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source, put aside in a database file of DuckDB's own: so the source is evaluated once, and what can fail
 * fails before any row is handed out. DuckDB's driver, while it streams, takes an error for the end once some rows were.
 *
 * <p>A row outside of the range is kept too, without its values, so that it is counted; the file is compressed.
 */
final class RowsAside {
    private static final String DATABASE = "ringside_rows";
    private static final String TABLE = DATABASE + ".main.aside";

    private final Statement statement;
    private final @Nullable Period range;

    /** @param range the times of the rows that are wanted; null for all */
    RowsAside(Statement statement, @Nullable Period range) {
        this.statement = statement;
        this.range = range;
    }

    /** Opens the file, which must happen before DuckDB is forbidden to open files. */
    static void open(Statement statement, Path folder) throws SQLException {
        statement.execute(
                "ATTACH " + SourceColumns.text(folder.resolve("rows.duckdb").toString()) + " AS " + DATABASE);
    }

    /**
     * Evaluates the source.
     *
     * @param time the expression of a row's time, milliseconds since 1970; null where rows have none
     * @param values the expressions of its other values, in their order
     * @param source what it is evaluated from
     */
    void fill(@Nullable String time, List<String> values, String source) throws SQLException {
        String at = time == null ? "0" : time;
        String condition = range == null ? null : within(at, range);
        var select = new StringBuilder("CREATE TABLE " + TABLE + " AS SELECT " + at + " AS ringside_0");
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            select.append(", ")
                    .append(condition == null ? value : "CASE WHEN " + condition + " THEN " + value + " END")
                    .append(" AS ")
                    .append(column(i));
        }
        statement.execute(select.append(" FROM ").append(source).toString());
    }

    /**
     * How many rows there are.
     *
     * @param all all rows of the source
     * @param timeless those without a time
     * @param wanted those in the range
     * @param items of all lists of the wanted ones together
     */
    record Counts(long all, long timeless, long wanted, long items) {
        /** Those before or after the range. */
        long outside() {
            return all - timeless - wanted;
        }
    }

    /** @param lists the places of the values that are lists */
    Counts counts(List<Integer> lists) throws SQLException {
        List<String> lengths = new ArrayList<>();
        lists.forEach(place -> lengths.add("coalesce(sum(len(" + column(place) + ")), 0)"));
        String items = lengths.isEmpty() ? "0" : String.join(" + ", lengths);
        try (ResultSet counts = statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE ringside_0 IS NULL),"
                + " count(*) FILTER (WHERE " + wanted() + "), CAST(" + items + " AS BIGINT) FROM " + TABLE)) {
            counts.next();
            return new Counts(counts.getLong(1), counts.getLong(2), counts.getLong(3), counts.getLong(4));
        }
    }

    /** The rows that are wanted, in the source's order: the time, then the values. */
    ResultSet stream() throws SQLException {
        return statement.executeQuery("SELECT * FROM " + TABLE + " WHERE " + wanted());
    }

    private String wanted() {
        return range == null ? "ringside_0 IS NOT NULL" : within("ringside_0", range);
    }

    private static String column(int place) {
        return "ringside_" + (place + 1);
    }

    private static String within(String at, Period range) {
        return at + " >= " + range.from().toEpochMilli() + " AND " + at + " < "
                + range.to().toEpochMilli();
    }
}
