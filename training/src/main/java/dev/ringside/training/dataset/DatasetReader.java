package dev.ringside.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled rows through an embedded DuckDB that holds to a memory limit, spills beyond it, and can read no file but
 * the source's. One thread does it all, so that equal files give equal rows in the same order, bit for bit.
 */
public final class DatasetReader {
    private final DataSource source;
    private final Roles roles;
    private final List<FeatureSpec> columns;
    private final String memory;

    /**
     * @param source where the rows come from
     * @param roles columns that are not shown to the model
     * @param columns the columns to be read
     * @param memory how much memory DuckDB may take, as it writes sizes: {@code 1GB}
     */
    public DatasetReader(DataSource source, Roles roles, List<FeatureSpec> columns, String memory) {
        this.source = source;
        this.roles = roles;
        this.columns = List.copyOf(columns);
        this.memory = memory;
    }

    /**
     * Reads the rows.
     *
     * @param range the times of the rows to be read, for which there must be a time column; null for all rows
     * @throws InvalidData listing everything that cannot be used
     */
    public Dataset read(@Nullable Period range) throws IOException {
        String digest = source.sha256();
        Path spill = Files.createTempDirectory("ringside-train-");
        var settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", settings);
                Statement statement = duckdb.createStatement()) {
            prepare(statement, spill);
            Repeatable.check(statement, source);
            statement.execute("CREATE TEMP VIEW ringside_source AS\n" + query());
            SourceColumns found = new SourceColumns(types(duckdb), source.query() == null && csv());
            String select = select(found, range);
            if (!found.problems().isEmpty()) {
                throw new InvalidData("the source's columns", found.problems());
            }
            checkValues(statement, found);
            return read(statement, select, range, digest);
        } catch (SQLException e) {
            throw new InvalidData(source.words() + " through the source query", List.of(Complaint.of(e)));
        } finally {
            delete(spill);
        }
    }

    private void prepare(Statement statement, Path spill) throws SQLException {
        statement.execute("SET threads = 1");
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET memory_limit = " + SourceColumns.text(memory));
        statement.execute("SET temp_directory = " + SourceColumns.text(spill.toString()));
        List<String> paths = new ArrayList<>();
        for (var file : source.files().entrySet()) {
            String path = SourceColumns.text(file.getValue().toString());
            paths.add(path);
            statement.execute("SET VARIABLE " + SourceColumns.quoted(file.getKey()) + " = " + path);
        }
        statement.execute("SET allowed_paths = [" + String.join(", ", paths) + "]");
        statement.execute("SET enable_external_access = false");
        for (var view : source.views().entrySet()) {
            statement.execute("CREATE TEMP VIEW " + SourceColumns.quoted(view.getKey()) + " AS " + view.getValue());
        }
    }

    private String query() {
        String query = source.query();
        if (query != null) {
            return query;
        }
        String path =
                SourceColumns.text(source.files().values().iterator().next().toString());
        return csv()
                ? "SELECT * FROM read_csv(" + path + ", all_varchar = true, header = true)"
                : "SELECT * FROM read_parquet(" + path + ")";
    }

    private boolean csv() {
        return source.files()
                .values()
                .iterator()
                .next()
                .toString()
                .toLowerCase(Locale.ROOT)
                .matches(".*\\.(csv|tsv|txt)(\\.gz)?");
    }

    private static Map<String, String> types(Connection duckdb) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (PreparedStatement all = duckdb.prepareStatement("SELECT * FROM ringside_source")) {
            ResultSetMetaData found = all.getMetaData();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                types.put(found.getColumnName(i), found.getColumnTypeName(i));
            }
        }
        return types;
    }

    /** Every value that is none of its declared type, in one pass over all rows. */
    private static void checkValues(Statement statement, SourceColumns found) throws SQLException {
        List<SourceColumns.Read> checked =
                found.reads().stream().filter(read -> read.broken() != null).toList();
        if (checked.isEmpty()) {
            return;
        }
        var query = new StringBuilder("SELECT count(*)");
        for (SourceColumns.Read read : checked) {
            String where = ") FILTER (WHERE " + read.broken() + ")";
            String name = SourceColumns.quoted(read.column());
            query.append(", count(*").append(where).append(", min(ringside_row").append(where);
            query.append(", arg_min(").append(name).append(", ringside_row").append(where);
        }
        query.append(" FROM (SELECT *, row_number() OVER () AS ringside_row FROM ringside_source)");
        List<String> problems = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query.toString())) {
            row.next();
            for (int i = 0; i < checked.size(); i++) {
                SourceColumns.Read read = checked.get(i);
                if (row.getLong(2 + 3 * i) > 0) {
                    problems.add(read.role() + " '" + read.column() + "': expected " + read.expected() + ", found '"
                            + row.getString(4 + 3 * i) + "' in row " + row.getLong(3 + 3 * i) + ", "
                            + row.getLong(2 + 3 * i) + " of " + row.getLong(1) + " rows in all");
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidData("values of another type than was declared", problems);
        }
    }

    /**
     * Reads in two steps: DuckDB's driver, while it streams, takes an error for the end once some rows were handed out.
     * So everything that can fail fails while the rows are put aside, and what is then streamed is counted.
     */
    private Dataset read(Statement statement, String select, @Nullable Period range, String digest)
            throws SQLException {
        Population population = population(statement, range);
        statement.execute("CREATE TEMP TABLE ringside_selected AS " + select);
        long selected = count(statement, "SELECT count(*) FROM ringside_selected");
        if (selected > Integer.MAX_VALUE - 8) {
            throw new InvalidData(
                    source.words(), List.of("gives " + selected + " rows, more than can be held; sample them"));
        }
        var builder = new TableBuilder(roles, columns, (int) selected);
        long read = 0;
        try (ResultSet row = statement.executeQuery("SELECT * FROM ringside_selected")) {
            for (; row.next(); read++) {
                builder.append(row);
            }
        }
        List<String> problems = new ArrayList<>();
        population.check(problems, String.valueOf(roles.time()), selected, read);
        builder.check(problems);
        if (!problems.isEmpty()) {
            throw new InvalidData(source.words(), problems);
        }
        return new Dataset(builder.build(), population.outside(), digest);
    }

    /**
     * All rows of the source by their time.
     *
     * @param rows all of them
     * @param timeless those without a time
     * @param outside those before the first part or after the last
     */
    private record Population(long rows, long timeless, long outside) {
        void check(List<String> problems, String time, long selected, long read) {
            if (rows == 0) {
                problems.add("the source gives no rows");
            }
            if (timeless > 0) {
                problems.add("time '" + time + "' is null in " + timeless + " of " + rows
                        + " rows; fill or leave them out in the source query");
            }
            if (selected != rows - timeless - outside) {
                problems.add(
                        "the source gave " + rows + " rows, then " + selected + " where " + (rows - timeless - outside)
                                + " were expected: it must give the same rows each time it is read");
            }
            if (read != selected) {
                problems.add("read " + read + " rows, expected " + selected + ": the reading ended early");
            }
        }
    }

    private Population population(Statement statement, @Nullable Period range) throws SQLException {
        String time = roles.time();
        if (time == null) {
            return new Population(count(statement, "SELECT count(*) FROM ringside_source"), 0, 0);
        }
        String at = "epoch_ms(CAST(" + SourceColumns.quoted(time) + " AS TIMESTAMP))";
        String outside = range == null ? "false" : "NOT (" + within(at, range) + ")";
        try (ResultSet counts = statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE " + at
                + " IS NULL), count(*) FILTER (WHERE " + outside + ") FROM ringside_source")) {
            counts.next();
            return new Population(counts.getLong(1), counts.getLong(2), counts.getLong(3));
        }
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet count = statement.executeQuery(query)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Time, label, weight, then the columns, then the tasks' labels. */
    private String select(SourceColumns found, @Nullable Period range) {
        String time = roles.time();
        String weight = roles.weight();
        String at = time == null ? "0" : found.time(time);
        var select = new StringBuilder("SELECT " + at + " AS ringside_0, " + found.label(roles.label())
                + " AS ringside_1, " + (weight == null ? "1" : found.weight(weight)) + " AS ringside_2");
        int index = 3;
        for (FeatureSpec column : columns) {
            select.append(", ")
                    .append(found.feature(column))
                    .append(" AS ringside_")
                    .append(index++);
        }
        for (Task task : roles.tasks()) {
            select.append(", ")
                    .append(found.label(task.label()))
                    .append(" AS ringside_")
                    .append(index++);
        }
        select.append(" FROM ringside_source");
        if (range != null) {
            select.append(" WHERE ").append(within(at, range));
        } else if (time != null) {
            select.append(" WHERE ").append(at).append(" IS NOT NULL");
        }
        return select.toString();
    }

    private static String within(String at, Period range) {
        return at + " >= " + range.from().toEpochMilli() + " AND " + at + " < "
                + range.to().toEpochMilli();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
