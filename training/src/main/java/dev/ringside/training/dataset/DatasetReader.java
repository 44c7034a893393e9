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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled rows through an embedded DuckDB that holds to a memory limit, spills beyond it, and can read no file but
 * the source's. A query is evaluated once. One thread does it all, so that equal files give equal rows in the same order,
 * bit for bit.
 */
public final class DatasetReader {
    /** Label and weight. */
    private static final int BEFORE_FEATURES = 2;

    private static final int TOLD_ROWS = 1_000_000;

    private final DataSource source;
    private final Roles roles;
    private final List<FeatureSpec> columns;
    private final String memory;
    private final Consumer<String> told;

    /**
     * @param source where the rows come from
     * @param roles columns that are not shown to the model
     * @param columns the columns to be read
     * @param memory how much memory DuckDB may take, as it writes sizes: {@code 1GB}
     */
    public DatasetReader(DataSource source, Roles roles, List<FeatureSpec> columns, String memory) {
        this(source, roles, columns, memory, _ -> {});
    }

    /** @param told told how far it is, where that takes a while */
    public DatasetReader(
            DataSource source, Roles roles, List<FeatureSpec> columns, String memory, Consumer<String> told) {
        this.source = source;
        this.roles = roles;
        this.columns = List.copyOf(columns);
        this.memory = memory;
        this.told = told;
    }

    /**
     * Reads the rows.
     *
     * @param range the times of the rows to be read, for which there must be a time column; null for all rows
     * @throws InvalidData listing everything that cannot be used
     */
    public Dataset read(@Nullable Period range) throws IOException {
        Path spill = Files.createTempDirectory("ringside-train-");
        var settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", settings)) {
            return read(duckdb, spill, range);
        } catch (SQLException e) {
            throw new InvalidData(source.words() + " through the source query", List.of(Complaint.of(e)));
        } finally {
            delete(spill);
        }
    }

    /**
     * Reads through a DuckDB that streams its results.
     *
     * @param spill a folder for what is more than its memory
     */
    Dataset read(Connection duckdb, Path spill, @Nullable Period range) throws SQLException, IOException {
        String digest = source.sha256();
        try (Statement statement = duckdb.createStatement()) {
            prepare(statement, spill);
            Repeatable.check(statement, source);
            statement.execute("CREATE TEMP VIEW ringside_source AS\n" + query());
            SourceColumns found = new SourceColumns(types(duckdb), source.query() == null && csv());
            String time = roles.time() == null ? null : found.time(roles.time());
            List<String> values = values(found);
            if (!found.problems().isEmpty()) {
                throw new InvalidData("the source's columns", found.problems());
            }
            checkValues(statement, found);
            var aside = new RowsAside(statement, range);
            aside.fill(time, values, "ringside_source");
            return read(aside, digest);
        }
    }

    private void prepare(Statement statement, Path spill) throws SQLException {
        statement.execute("SET threads = 1");
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET memory_limit = " + SourceColumns.text(memory));
        statement.execute("SET temp_directory = " + SourceColumns.text(spill.toString()));
        RowsAside.open(statement, spill);
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

    private Dataset read(RowsAside aside, String digest) throws SQLException {
        List<Integer> lists = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).type().list())
                .mapToObj(i -> BEFORE_FEATURES + i)
                .toList();
        RowsAside.Counts counts = aside.counts(lists);
        long wanted = counts.wanted();
        if (wanted > Integer.MAX_VALUE - 8) {
            throw new InvalidData(
                    source.words(), List.of("gives " + wanted + " rows, more than can be held; sample them"));
        }
        HeapNeed.of(wanted, counts.items(), roles, columns)
                .check(source.words(), Runtime.getRuntime().maxMemory());
        List<String> problems = new ArrayList<>();
        check(problems, counts);
        var builder = new TableBuilder(roles, columns, (int) wanted);
        long read = 0;
        try (ResultSet row = aside.stream()) {
            while (row.next()) {
                builder.append(row);
                if (++read % TOLD_ROWS == 0) {
                    told.accept("read " + read + " of " + wanted + " rows");
                }
            }
        }
        if (read != wanted) {
            problems.add("read " + read + " rows, expected " + wanted + ": the reading ended early");
        }
        builder.check(problems);
        if (!problems.isEmpty()) {
            throw new InvalidData(source.words(), problems);
        }
        return new Dataset(builder.build(), counts.outside(), digest);
    }

    private void check(List<String> problems, RowsAside.Counts counts) {
        if (counts.all() == 0) {
            problems.add("the source gives no rows");
        }
        if (counts.timeless() > 0) {
            problems.add("time '" + roles.time() + "' is null in " + counts.timeless() + " of " + counts.all()
                    + " rows; fill or leave them out in the source query");
        }
    }

    /** Label, weight, then the columns, then the tasks' labels. */
    private List<String> values(SourceColumns found) {
        String weight = roles.weight();
        List<String> values = new ArrayList<>();
        values.add(found.label(roles.label()));
        values.add(weight == null ? "1" : found.weight(weight));
        columns.forEach(column -> values.add(found.feature(column)));
        roles.tasks().forEach(task -> values.add(found.label(task.label())));
        return values;
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
