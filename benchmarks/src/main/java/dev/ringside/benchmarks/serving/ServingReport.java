package dev.ringside.benchmarks.serving;

import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the bench found.
 *
 * @param measures one after the other
 */
public record ServingReport(List<ServingMeasured> measures) {
    /** Copies the list. */
    public ServingReport {
        measures = List.copyOf(measures);
    }

    /** Replaces a file by the report, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(file.toAbsolutePath(), Json.pretty(this) + "\n");
    }

    /** The table for people, in Markdown: documentation shows it as it is. */
    public String table() {
        var table = new StringBuilder("""
                | figure | goal | median | rounds | made of |
                |---|---:|---:|---:|---|
                """);
        for (ServingMeasured measured : measures) {
            table.append("| `%s` | %s | %s | %s to %s | %s |\n"
                    .formatted(
                            measured.key(),
                            goal(measured),
                            number(measured.median()),
                            number(Collections.min(measured.rounds())),
                            number(Collections.max(measured.rounds())),
                            measured.beside().entrySet().stream()
                                    .map(raw -> raw.getKey().replace('_', ' ') + " " + number(raw.getValue()))
                                    .collect(Collectors.joining(", "))));
        }
        return table.toString();
    }

    private static String goal(ServingMeasured measured) {
        Goal goal = measured.goal();
        return goal == null ? "" : goal.words();
    }

    private static String number(double value) {
        return value < 100 ? String.format(Locale.ROOT, "%.3f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }
}
