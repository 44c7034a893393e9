package dev.ringside.training.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the source, and how each is read as what it was declared to be. The declared type rules in every row: a
 * file of texts, a CSV, is read as texts and each value must be one of the declared type; a query gives types of its own,
 * which must fit.
 */
final class SourceColumns {
    private static final Pattern NUMERIC = Pattern.compile(
            "(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE =
            Pattern.compile("(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|BOOLEAN)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(TIMESTAMP.*|DATE)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CATEGORY = Pattern.compile(
            "(VARCHAR|ENUM.*|UUID|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERS = Pattern.compile(
            "(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)\\[\\d*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern CATEGORIES =
            Pattern.compile("(VARCHAR|ENUM.*|U?(TINYINT|SMALLINT|INTEGER|BIGINT))\\[\\d*]", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> types;
    private final boolean texts;
    private final List<Read> reads = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * A column as it is read.
     *
     * @param role what for, in words
     * @param column its name
     * @param expected what its values must be, in words
     * @param sql the expression that gives the value, null for a missing one
     * @param broken the condition that holds for a value that is none of the declared type; null where the type rules
     */
    record Read(
            String role,
            String column,
            String expected,
            String sql,
            @Nullable String broken) {}

    /**
     * @param types the source's columns with DuckDB's types
     * @param texts whether all are texts as they stand in a file
     */
    SourceColumns(Map<String, String> types, boolean texts) {
        this.types = new LinkedHashMap<>(types);
        this.texts = texts;
    }

    List<String> problems() {
        return problems;
    }

    List<Read> reads() {
        return reads;
    }

    /** Milliseconds since 1970. */
    String time(String column) {
        String name = quoted(column);
        return read(
                "time",
                column,
                TIME,
                "a timestamp or date",
                "epoch_ms(CAST(" + name + " AS TIMESTAMP))",
                "epoch_ms(TRY_CAST(" + name + " AS TIMESTAMP))");
    }

    /** A number; of a binary label 1 and 0, or whatever else is there. */
    String label(Label label) {
        String name = quoted(label.column());
        if (label.kind() == Label.Kind.CLASSES) {
            var place = new StringBuilder("CASE CAST(" + name + " AS VARCHAR)");
            for (int i = 0; i < label.classes().size(); i++) {
                place.append(" WHEN ")
                        .append(text(label.classes().get(i)))
                        .append(" THEN ")
                        .append(i)
                        .append(".0");
            }
            // A text that is no class must not be taken for a missing one where the type alone is checked.
            String typed = place + " ELSE CASE WHEN " + name + " IS NOT NULL THEN -1.0 END END";
            return read("label", label.column(), CATEGORY, "one of " + label.classes(), typed, place + " END");
        }
        String positive = label.positive();
        if (positive != null) {
            String value = "CASE WHEN CAST(" + name + " AS VARCHAR) = " + text(positive) + " THEN 1.0 WHEN " + name
                    + " IS NOT NULL THEN 0.0 END";
            return read("label", label.column(), CATEGORY, "texts, of which one is '" + positive + "'", value, value);
        }
        String number = "TRY_CAST(" + name + " AS DOUBLE)";
        String either = "COALESCE(" + number + ", CASE lower(" + name
                + ") WHEN 'true' THEN 1.0 WHEN 't' THEN 1.0 WHEN 'false' THEN 0.0 WHEN 'f' THEN 0.0 END)";
        return read(
                "label",
                label.column(),
                NUMERIC,
                "a boolean or a number",
                "CAST(" + name + " AS DOUBLE)",
                label.kind() == Label.Kind.BINARY ? either : number);
    }

    String weight(String column) {
        String name = quoted(column);
        return read(
                "weight",
                column,
                NUMERIC,
                "a number",
                "CAST(" + name + " AS DOUBLE)",
                "TRY_CAST(" + name + " AS DOUBLE)");
    }

    /** A feature's value, a list's as a list. */
    String feature(FeatureSpec feature) {
        String name = quoted(feature.name());
        String column = feature.name();
        return switch (feature.type()) {
            case NUMBER ->
                read(
                        "feature",
                        column,
                        NUMERIC,
                        "a number",
                        "CAST(" + name + " AS FLOAT)",
                        "TRY_CAST(" + name + " AS FLOAT)");
            case INTEGER -> {
                // A cast of a text rounds: only digits are a whole number.
                String whole = "CASE WHEN regexp_full_match(trim(" + name + "), '[+-]?[0-9]+') THEN TRY_CAST(" + name
                        + " AS BIGINT) END";
                String value = read("feature", column, WHOLE, "a whole number", "CAST(" + name + " AS BIGINT)", whole);
                Long missing = feature.missing();
                yield missing == null ? value : "COALESCE(" + value + ", " + missing + ")";
            }
            case CATEGORY -> {
                String value = "CAST(" + name + " AS VARCHAR)";
                yield "COALESCE("
                        + read(
                                "feature",
                                column,
                                CATEGORY,
                                "a text, an enumeration or a whole number (cast others in the source query to the"
                                        + " text that clients send)",
                                value,
                                value)
                        + ", '')";
            }
            case NUMBERS -> {
                String value = "CAST(" + name + " AS FLOAT[])";
                yield read("feature", column, NUMBERS, "a list of numbers", value, value);
            }
            case CATEGORIES -> {
                String value = "CAST(" + name + " AS VARCHAR[])";
                yield read("feature", column, CATEGORIES, "a list of texts", value, value);
            }
        };
    }

    private String read(String role, String column, Pattern fits, String expected, String typed, String ofText) {
        String type = types.get(column);
        if (type == null) {
            problems.add(role + " '" + column + "': no such column; there are " + types.keySet());
            return "NULL";
        }
        if (texts) {
            reads.add(new Read(
                    role, column, expected, ofText, quoted(column) + " IS NOT NULL AND (" + ofText + ") IS NULL"));
            return ofText;
        }
        if (!fits.matcher(type).matches()) {
            problems.add(role + " '" + column + "': expected " + expected + ", found " + type);
            return "NULL";
        }
        reads.add(new Read(role, column, expected, typed, null));
        return typed;
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
