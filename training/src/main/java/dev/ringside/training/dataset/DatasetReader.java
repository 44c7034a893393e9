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
            throw new InvalidData(source.data() + " through the source query", List.of(String.valueOf(e.getMessage())));
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

    private Dataset read(Statement statement, String rows, Split split, String digest) throws SQLException {
        var train = new PartBuilder("train", columns);
        var validation = new PartBuilder("validation", columns);
        var test = new PartBuilder("test", columns);
        Period watched = split.validation();
        try (ResultSet row = statement.executeQuery(select(rows, split))) {
            while (row.next()) {
                long at = row.getLong(1);
                if (split.train().contains(at)) {
                    train.append(row, 2);
                } else if (watched != null && watched.contains(at)) {
                    validation.append(row, 2);
                } else if (split.test().contains(at)) {
                    test.append(row, 2);
                }
            }
        }
        List<String> problems = new ArrayList<>();
        train.check(problems, label, split.train());
        if (watched != null) {
            validation.check(problems, label, watched);
        }
        test.check(problems, label, split.test());
        if (!problems.isEmpty()) {
            throw new InvalidData(source.data().toString(), problems);
        }
        return new Dataset(train.build(), watched == null ? null : validation.build(), test.build(), digest);
    }

    private String select(String rows, Split split) {
        var select = new StringBuilder(
                "SELECT epoch_ms(CAST(" + name(time) + " AS TIMESTAMP)), CAST(" + name(label) + " AS DOUBLE)");
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
                    .append(')');
        }
        return select.append(" FROM ")
                .append(rows)
                .append(" WHERE epoch_ms(CAST(" + name(time) + " AS TIMESTAMP)) >= "
                        + split.train().from().toEpochMilli())
                .append(" AND epoch_ms(CAST(" + name(time) + " AS TIMESTAMP)) < "
                        + split.test().to().toEpochMilli())
                .toString();
    }

    private static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
