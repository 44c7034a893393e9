package dev.ringside.training.validation;

import dev.ringside.training.evaluation.plot.BarPanels;
import dev.ringside.training.evaluation.plot.BarPanels.Panel;
import dev.ringside.training.validation.ColumnDrift.Bin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** A validation's report for people: a table with a line for each feature, and its histograms in each part. */
final class ValidationPage {
    private static final int MOST_PANELS = 24;
    private static final int MOST_BINS = 24;

    private final ValidationReport report;
    private final SequencedSet<String> parts = new LinkedHashSet<>();

    ValidationPage(ValidationReport report) {
        this.report = report;
        report.drift().forEach(drift -> parts.add(drift.part()));
    }

    /** The page as Markdown, beside which the histograms lie as {@code drift.svg}. */
    String markdown() {
        var page = new StringBuilder("# Validation of " + count(report.rows()) + " rows\n\n");
        List<String> problems = report.problems();
        if (problems.isEmpty()) {
            page.append("Nothing stops the training.\n");
        }
        problems.forEach(problem -> page.append("- **").append(text(problem)).append("**\n"));
        String schema = report.schemaSha256();
        page.append("\nSchema: ")
                .append(schema == null ? "none" : "sha256 " + schema)
                .append("\n\n");
        List<String> head = new ArrayList<>(List.of("column", "type", "missing", "values", "alone tells of the label"));
        parts.forEach(part -> head.add("PSI to " + text(part)));
        row(page, head);
        row(page, head.stream().map(_ -> "---").toList());
        report.columns().forEach(column -> row(page, line(column)));
        report.drift().stream()
                .map(ColumnDrift::column)
                .filter(name -> report.columns().stream()
                        .noneMatch(column -> column.column().equals(name)))
                .distinct()
                .forEach(label -> {
                    List<String> cells = new ArrayList<>(List.of(text(label), "label", "", "", ""));
                    parts.forEach(part -> cells.add(psi(label, part)));
                    row(page, cells);
                });
        page.append("\nA PSI in brackets is no greater than chance makes it one time in a thousand.\n");
        report.overlaps()
                .forEach(overlap -> page.append("\n")
                        .append(count(overlap.rows()))
                        .append(" of ")
                        .append(count(overlap.of()))
                        .append(" rows of the ")
                        .append(overlap.part())
                        .append(" part (")
                        .append(Words.percent(overlap.share()))
                        .append(") stand in the training part too, with the same label.\n"));
        return page.append("\n![Histograms of each column in each part](drift.svg)\n")
                .toString();
    }

    private List<String> line(ColumnSummary column) {
        List<String> cells = new ArrayList<>();
        cells.add(text(column.column()));
        cells.add(Words.of(column.type()));
        cells.add(Words.percent(column.missingShare()));
        cells.add(text(values(column)));
        cells.add(report.associations().stream()
                .filter(association -> association.feature().equals(column.column()))
                .map(association -> (association.measure().equals("auc") ? "AUC " : "R² ")
                        + Words.figure(association.value())
                        + (association.allowed() == null ? "" : ", allowed: " + text(association.allowed())))
                .findFirst()
                .orElse(""));
        parts.forEach(part -> cells.add(psi(column.column(), part)));
        return cells;
    }

    private static String values(ColumnSummary column) {
        Range range = column.range();
        Double mean = column.mean();
        String values = "";
        if (range != null && mean != null) {
            values = range.words(column.rule().single()) + ", mean " + String.format(Locale.ROOT, "%.4g", mean);
        } else if (column.texts() != null) {
            values = count(column.texts()) + " texts"
                    + (column.commonest() == null ? "" : ", most often '" + column.commonest() + "'");
        }
        Range length = column.length();
        return length == null ? values : values + "; lists of " + length.words(false);
    }

    private String psi(String column, String part) {
        return report.drift().stream()
                .filter(drift -> drift.column().equals(column) && drift.part().equals(part))
                .map(drift -> {
                    String psi = Words.figure(drift.psi());
                    if (!drift.excesses().isEmpty()) {
                        return "**" + psi + "**";
                    }
                    return drift.p() < DriftCheck.BY_CHANCE ? psi : "(" + psi + ")";
                })
                .findFirst()
                .orElse("");
    }

    /** Histograms of the columns that moved furthest, in each part. */
    String svg() {
        SequencedMap<String, List<ColumnDrift>> columns = new LinkedHashMap<>();
        report.drift()
                .forEach(drift -> columns.computeIfAbsent(drift.column(), _ -> new ArrayList<>())
                        .add(drift));
        List<Panel> panels = columns.values().stream()
                .sorted(Comparator.comparingDouble((List<ColumnDrift> drift) -> furthest(drift))
                        .reversed())
                .limit(MOST_PANELS)
                .map(ValidationPage::panel)
                .toList();
        return new BarPanels(
                        columns.size() <= MOST_PANELS
                                ? "Columns by how far they moved"
                                : "The " + MOST_PANELS + " columns that moved furthest, of " + columns.size(),
                        panels)
                .svg();
    }

    private static double furthest(List<ColumnDrift> drift) {
        return drift.stream().mapToDouble(ColumnDrift::psi).max().orElse(0);
    }

    /** One column; a bin that is empty in the training part and in one other is not among the bins of that one. */
    private static Panel panel(List<ColumnDrift> drift) {
        SequencedMap<String, SequencedMap<String, Double>> shares = new LinkedHashMap<>();
        SequencedMap<String, Double> largest = new LinkedHashMap<>();
        for (ColumnDrift moved : drift) {
            for (Bin bin : moved.bins()) {
                shares.computeIfAbsent("train", _ -> new LinkedHashMap<>()).put(bin.values(), bin.train());
                shares.computeIfAbsent(moved.part(), _ -> new LinkedHashMap<>()).put(bin.values(), bin.other());
                largest.merge(bin.values(), Math.max(bin.train(), bin.other()), Math::max);
            }
        }
        List<String> all = new ArrayList<>(largest.keySet());
        List<String> shown = new ArrayList<>(all);
        if (all.size() > MOST_BINS) {
            shown = largest.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(MOST_BINS - 1)
                    .map(Map.Entry::getKey)
                    .toList();
            shown = all.stream().filter(shown::contains).toList();
        }
        List<String> rest = new ArrayList<>(all);
        rest.removeAll(shown);
        List<String> names = new ArrayList<>(shown);
        if (!rest.isEmpty()) {
            names.add(rest.size() + " more");
        }
        List<String> bins = shown;
        SequencedMap<String, double[]> bars = new LinkedHashMap<>();
        shares.forEach((part, of) -> {
            double[] heights = new double[names.size()];
            for (int i = 0; i < bins.size(); i++) {
                heights[i] = of.getOrDefault(bins.get(i), 0.0);
            }
            if (!rest.isEmpty()) {
                heights[bins.size()] = rest.stream()
                        .mapToDouble(bin -> of.getOrDefault(bin, 0.0))
                        .sum();
            }
            bars.put(part, heights);
        });
        String note = "PSI "
                + String.join(
                        ", ",
                        drift.stream()
                                .map(moved -> String.format(Locale.ROOT, "%.3f %s", moved.psi(), moved.part()))
                                .toList());
        return new Panel(drift.getFirst().column(), note, names, bars);
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Text that Markdown takes for nothing but text. */
    private static String text(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1");
    }

    private static String count(int rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }
}
