package dev.ringside.training.dataset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a source gives the same rows each time: functions that do not are found by what DuckDB says of them. */
final class Repeatable {
    private static final Pattern IGNORED = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][A-Za-z_0-9]*)\\s*\\(");
    private static final Pattern BARE = Pattern.compile(
            "\\b(current_date|current_timestamp|current_time|localtime|localtimestamp)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SAMPLE = Pattern.compile(
            "\\b(TABLESAMPLE|USING\\s+SAMPLE)\\b(?!.*\\bREPEATABLE\\b)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Repeatable() {}

    /** @throws InvalidData naming each function, and the query that calls it */
    static void check(Statement statement, DataSource source) throws SQLException {
        Set<String> varying = new TreeSet<>();
        try (ResultSet row = statement.executeQuery("SELECT DISTINCT lower(function_name) FROM duckdb_functions()"
                + " WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')")) {
            while (row.next()) {
                varying.add(row.getString(1));
            }
        }
        varying.add("query"); // runs a text, in which functions are not looked for
        // These say what a setting or a variable is, which is the same for every reading of this source.
        varying.removeAll(Set.of("getvariable", "current_setting", "read_csv", "read_parquet"));
        List<String> problems = new ArrayList<>();
        source.views().forEach((name, view) -> check(problems, varying, "the query '" + name + "'", view));
        String query = source.query();
        if (query != null) {
            check(problems, varying, "the source query", query);
        }
        if (!problems.isEmpty()) {
            throw new InvalidData(source.words(), problems);
        }
    }

    private static void check(List<String> problems, Set<String> varying, String where, String query) {
        String sql = IGNORED.matcher(query).replaceAll(" ");
        Set<String> found = new TreeSet<>();
        for (Matcher call = CALL.matcher(sql); call.find(); ) {
            String function = call.group(1).toLowerCase(Locale.ROOT);
            if (varying.contains(function)) {
                found.add(function + "()");
            }
        }
        for (Matcher bare = BARE.matcher(sql); bare.find(); ) {
            found.add(bare.group(1).toLowerCase(Locale.ROOT));
        }
        if (SAMPLE.matcher(sql).find()) {
            found.add("a sample without REPEATABLE (seed)");
        }
        if (!found.isEmpty()) {
            problems.add(where + " uses " + String.join(", ", found) + ", so that it gives other rows each time: take a"
                    + " hash of a column instead, such as hash(id) % 10 < 8, or write the time down");
        }
    }
}
