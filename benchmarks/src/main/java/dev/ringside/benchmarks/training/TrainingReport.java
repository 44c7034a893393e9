package dev.ringside.benchmarks.training;

import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the bench found.
 *
 * @param measures one after the other
 */
public record TrainingReport(List<Measured> measures) {
    /** Copies the list. */
    public TrainingReport {
        measures = List.copyOf(measures);
    }

    /** Replaces a file by the report, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(file.toAbsolutePath(), Json.pretty(this) + "\n");
    }

    /** The table for people, in Markdown: documentation shows it as it is. */
    public String table() {
        var table = new StringBuilder("""
                | measure | must | goal | mean | deviation | seeds | | GB | others on the same rows |
                |---|---:|---:|---:|---:|---:|---|---:|---|
                """);
        measures.forEach(measured -> table.append(line(measured)));
        return table.toString();
    }

    /** Musts that are missed, a sentence each. */
    public List<String> misses() {
        return measures.stream()
                .filter(measured -> !measured.met())
                .map(TrainingReport::miss)
                .toList();
    }

    /** What is told beside measures, a sentence each. */
    public List<String> notes() {
        return measures.stream().flatMap(TrainingReport::note).toList();
    }

    private static Stream<String> note(Measured measured) {
        Measure measure = measured.measure();
        Double value = measured.beside();
        return measure.beside() == null || value == null
                ? Stream.of()
                : Stream.of(measured.key() + " of " + measure.beside().about() + ": "
                        + measure.figure().show(value));
    }

    /** Who measured the figures of others, a sentence each. */
    public List<String> sources() {
        return measures.stream()
                .flatMap(measured -> measured.references().stream())
                .collect(Collectors.groupingBy(
                        Reference::source,
                        LinkedHashMap::new,
                        Collectors.mapping(Reference::model, Collectors.toCollection(LinkedHashSet::new))))
                .entrySet()
                .stream()
                .map(source -> String.join(", ", source.getValue()) + ": " + source.getKey())
                .toList();
    }

    private static String miss(Measured measured) {
        Double mean = measured.mean();
        if (mean == null) {
            return measured.key() + ": " + measured.reason();
        }
        Figure figure = measured.measure().figure();
        return "%s: %s, expected %s or %s; short by %s"
                .formatted(
                        measured.key(),
                        figure.show(mean),
                        figure.show(measured.must()),
                        measured.lowerIsBetter() ? "less" : "more",
                        String.format(Locale.ROOT, "%.5f", Math.abs(measured.must() - mean)));
    }

    private static String line(Measured measured) {
        Figure figure = measured.measure().figure();
        Double mean = measured.mean();
        Double deviation = measured.deviation();
        Double peak = measured.peakGb();
        return "| `%s` | %s | %s | %s | %s | %d | %s | %s | %s |\n"
                .formatted(
                        measured.key(),
                        figure.show(measured.must()),
                        figure.show(measured.goal()),
                        mean == null ? "" : figure.show(mean),
                        deviation == null ? "" : figure.show(deviation),
                        measured.seeds(),
                        standing(measured),
                        peak == null ? "" : String.format(Locale.ROOT, "%.2f", peak),
                        measured.references().stream()
                                .map(reference -> reference.model() + " " + figure.show(reference.value()))
                                .collect(Collectors.joining(", ")));
    }

    private static String standing(Measured measured) {
        return measured.goalMet() ? "goal reached" : measured.met() ? "kept" : "**missed**";
    }
}
