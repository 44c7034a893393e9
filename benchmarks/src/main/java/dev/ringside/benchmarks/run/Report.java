package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.scenario.NoWorse;
import dev.ringside.benchmarks.scenario.Promise;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Scenarios;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the bench found.
 *
 * @param scenarios a row for each scenario and effect
 */
public record Report(List<Row> scenarios) {
    /** Copies the list. */
    public Report {
        scenarios = List.copyOf(scenarios);
    }

    /** Replaces a file by the report, whole or not at all. */
    public void write(Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path written = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Files.writeString(written, Json.pretty(this) + "\n");
            Files.move(written, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** The table for people, in Markdown: documentation shows it as it is. */
    public String table(List<Scenario> played) {
        Map<String, Set<Promise>> promises = promises(played);
        var table = new StringBuilder(
                "| scenario | effect | runs | promoted | rolled back | inconclusive | paused | coverage | information"
                        + " | shown ÷ true | days to roll-back | promise |\n"
                        + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n");
        for (Row row : scenarios) {
            table.append(line(row, promises.getOrDefault(row.name(), Set.of())));
        }
        return table.toString();
    }

    /** What does not hold, a sentence each. */
    public List<String> misses(List<Scenario> played) {
        Map<String, Set<Promise>> promises = promises(played);
        Stream<String> each = scenarios.stream()
                .flatMap(row -> Check.STANDARD.misses(row, promises.getOrDefault(row.name(), Set.of())).stream()
                        .map(miss -> "%s at effect %s: %s".formatted(row.name(), number("%.0f", row.effect()), miss)));
        Stream<String> pairs = Scenarios.noWorse().stream().flatMap(pair -> misses(pair, Check.STANDARD).stream());
        return Stream.concat(each, pairs).toList();
    }

    /** What does not hold of a pair; empty if all does, or if one of both was not played. */
    public List<String> misses(NoWorse pair, Check check) {
        Optional<Row> one = row(pair.name(), pair.effect());
        Optional<Row> other = row(pair.than(), pair.effect());
        return one.isEmpty() || other.isEmpty() ? List.of() : check.misses(pair, one.get(), other.get());
    }

    private Optional<Row> row(String name, double effect) {
        return scenarios.stream()
                .filter(row -> row.name().equals(name) && row.effect() == effect)
                .findFirst();
    }

    /** What a table of shares does not show, a sentence each. */
    public List<String> notes() {
        Stream<String> undone = scenarios.stream()
                .filter(row -> row.undone() > 0)
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s at effect %.0f: %d of %d promotions were undone by those held back.",
                        row.name(),
                        row.effect(),
                        row.undone(),
                        row.promotions().cardinality()));
        Stream<String> pairs = Scenarios.noWorse().stream()
                .filter(pair -> row(pair.name(), pair.effect()).isPresent()
                        && row(pair.than(), pair.effect()).isPresent())
                .filter(pair -> misses(pair, Check.STANDARD).isEmpty())
                .map(pair -> pair.words() + ": kept.");
        return Stream.concat(undone, pairs).toList();
    }

    private static Map<String, Set<Promise>> promises(List<Scenario> played) {
        return played.stream().collect(Collectors.toMap(Scenario::name, Scenario::promises));
    }

    private static String line(Row row, Set<Promise> promises) {
        String kept = promises.isEmpty()
                ? "none"
                : Check.STANDARD.misses(row, promises).isEmpty() ? "kept" : "**missed**";
        return "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        row.name(),
                        number("%.0f", row.effect()),
                        row.runs(),
                        number("%.4f", row.promoted()),
                        number("%.4f", row.rolledBack()),
                        number("%.4f", row.inconclusive()),
                        number("%.4f", row.paused()),
                        number("%.4f", row.coverage()),
                        number("%.3f", row.information()),
                        number("%.3f", row.shownOverTrue()),
                        number("%.2f", row.daysToRollBack()),
                        kept);
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, format, value).replace('-', '−');
    }
}
