package dev.ringside.training.dataset;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled rows through an embedded DuckDB and cuts them into parts by time. One thread does it all, so that equal
 * files give equal rows in the same order, bit for bit.
 */
public final class DatasetReader {
    private static final Pattern NUMERIC = Pattern.compile(
            "(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE =
            Pattern.compile("(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|BOOLEAN)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(TIMESTAMP.*|DATE)", Pattern.CASE_INSENSITIVE);

    private final DataSource source;
    private final String time;
    private final String label;
    private final List<FeatureSpec> columns;

    /**
     * @param source where the rows come from
     * @param time the column that says when a row was
     * @param label the column that is true or 1 for positives, else false or 0
     * @param columns the columns to be read
     */
    public DatasetReader(DataSource source, String time, String label, List<FeatureSpec> columns) {
        this.source = source;
        this.time = time;
        this.label = label;
        this.columns = List.copyOf(columns);
    }

    /**
     * Reads the rows.
     *
     * @param split the times of the parts; rows of other times are left out
     * @throws InvalidData listing everything that cannot be used
     */
    public Dataset read(Split split) throws IOException {
        String digest = Digests.sha256(source.data());
        var settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", settings);
                Statement statement = duckdb.createStatement()) {
            prepare(statement);
            String rows = "(\n" + query() + "\n)";
            requireColumns(duckdb, rows);
            return read(statement, rows, split, digest);
        } catch (SQLException e) {
            throw new InvalidData(source.data() + " through the source query", List.of(Complaint.of(e)));
        }
    }

    private void prepare(Statement statement) throws SQLException {
        statement.execute("SET threads = 1");
        statement.execute("SET TimeZone = 'UTC'");
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET VARIABLE data = " + text(source.data().toString()));
        for (var view : source.views().entrySet()) {
            statement.execute("CREATE TEMP VIEW " + name(view.getKey()) + " AS " + view.getValue());
        }
    }

    private String query() {
        String query = source.query();
        if (query != null) {
            return query;
        }
        boolean csv = source.data().toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|txt)(\\.gz)?");
        return "SELECT * FROM " + (csv ? "read_csv" : "read_parquet") + "(getvariable('data'))";
    }

    private void requireColumns(Connection duckdb, String rows) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (PreparedStatement all = duckdb.prepareStatement("SELECT * FROM " + rows)) {
            ResultSetMetaData found = all.getMetaData();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                types.put(found.getColumnName(i), found.getColumnTypeName(i));
            }
        }
        List<String> problems = new ArrayList<>();
        require(problems, types, "time", time, TIME, "a timestamp or date");
        require(problems, types, "label", label, NUMERIC, "a boolean or a number");
        for (FeatureSpec column : columns) {
            switch (column.type()) {
                case NUMBER -> require(problems, types, "feature", column.name(), NUMERIC, "a number");
                case INTEGER -> require(problems, types, "feature", column.name(), WHOLE, "a whole number");
                case CATEGORY -> require(problems, types, "feature", column.name(), null, "");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidData("the source's columns " + types, problems);
        }
    }

    private static void require(
            List<String> problems,
            Map<String, String> types,
            String role,
            String column,
            @Nullable Pattern expected,
            String words) {
        String type = types.get(column);
        if (type == null) {
            problems.add(role + " '" + column + "': no such column");
        } else if (expected != null && !expected.matcher(type).matches()) {
            problems.add(role + " '" + column + "': expected " + words + ", found " + type);
        }
    }

    /**
     * Reads in two steps: DuckDB's driver, while it streams, takes an error for the end once some rows were handed out.
     * So everything that can fail fails while the rows are put aside, and what is then streamed is counted.
     */
    private Dataset read(Statement statement, String rows, Split split, String digest) throws SQLException {
        Population population = population(statement, rows, split);
        statement.execute("CREATE TEMP TABLE selected AS " + select(rows, split));
        long selected = count(statement, "SELECT count(*) FROM selected");
        var train = new PartBuilder("train", columns);
        var validation = new PartBuilder("validation", columns);
        var test = new PartBuilder("test", columns);
        Period watched = split.validation();
        long read = 0;
        long between = 0;
        try (ResultSet row = statement.executeQuery("SELECT * FROM selected")) {
            for (; row.next(); read++) {
                long at = row.getLong(1);
                if (split.train().contains(at)) {
                    train.append(row, 2);
                } else if (watched != null && watched.contains(at)) {
                    validation.append(row, 2);
                } else if (split.test().contains(at)) {
                    test.append(row, 2);
                } else {
                    between++;
                }
            }
        }
        List<String> problems = new ArrayList<>();
        population.check(problems, time, selected, read);
        train.check(problems, label, split.train());
        if (watched != null) {
            validation.check(problems, label, watched);
        }
        test.check(problems, label, split.test());
        if (!problems.isEmpty()) {
            throw new InvalidData(source.data().toString(), problems);
        }
        return new Dataset(
                train.build(),
                watched == null ? null : validation.build(),
                test.build(),
                population.outside() + between,
                digest);
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

    private Population population(Statement statement, String rows, Split split) throws SQLException {
        String at = "epoch_ms(CAST(" + name(time) + " AS TIMESTAMP))";
        try (ResultSet counts = statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE " + at
                + " IS NULL), count(*) FILTER (WHERE NOT (" + within(at, split) + ")) FROM " + rows)) {
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

    private String select(String rows, Split split) {
        String at = "epoch_ms(CAST(" + name(time) + " AS TIMESTAMP))";
        var select =
                new StringBuilder("SELECT " + at + " AS ringside_0, CAST(" + name(label) + " AS DOUBLE) AS ringside_1");
        int index = 2;
        for (FeatureSpec column : columns) {
            String type = switch (column.type()) {
                case NUMBER -> "FLOAT";
                case INTEGER -> "BIGINT";
                case CATEGORY -> "VARCHAR";
            };
            select.append(", CAST(")
                    .append(name(column.name()))
                    .append(" AS ")
                    .append(type)
                    .append(") AS ringside_")
                    .append(index++);
        }
        return select.append(" FROM ")
                .append(rows)
                .append(" WHERE ")
                .append(within(at, split))
                .toString();
    }

    private static String within(String at, Split split) {
        return at + " >= " + split.train().from().toEpochMilli() + " AND " + at + " < "
                + split.test().to().toEpochMilli();
    }

    private static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
