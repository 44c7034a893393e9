package dev.ringside.training.validation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a column breaks its schema.
 *
 * @param column its name
 * @param expected what the schema says, in words
 * @param found what is there instead, in words
 * @param rows how many values break it
 * @param of how many values there are
 * @param examples the first of them, each with its row
 */
public record Anomaly(String column, String expected, String found, int rows, int of, List<Example> examples) {
    /**
     * A value that breaks a rule.
     *
     * @param value as a document would write it; empty for a missing one
     * @param row among the rows that were read, from 1
     */
    public record Example(String value, long row) {}

    public Anomaly {
        examples = List.copyOf(examples);
    }

    /** One that has no rows: the column itself is another than expected. */
    static Anomaly ofColumn(String column, String expected, String found) {
        return new Anomaly(column, expected, found, 0, 0, List.of());
    }

    /** The anomaly as a sentence. */
    String words() {
        String where = examples.stream()
                .map(example -> (example.value().isEmpty() ? "" : example.value() + " in ") + "row " + example.row())
                .collect(Collectors.joining(", "));
        return "schema: column '" + column + "': expected " + expected + ", found " + found
                + (of == 0
                        ? ""
                        : " in " + rows + " of " + of + " values: " + where + (rows > examples.size() ? ", …" : ""));
    }
}
