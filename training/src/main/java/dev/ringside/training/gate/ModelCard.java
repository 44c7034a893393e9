package dev.ringside.training.gate;

import dev.ringside.training.evaluation.PartReport;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people should know of a model before they use it (Mitchell et al. 2019), as Markdown.
 *
 * @param title such as {@code late/network-3}
 * @param facts by name, in order: what it is, what it was made of, by whom
 * @param limits what it is not for, one sentence each
 * @param reports what it scored, all rows and segments
 * @param judgement what the gates said
 * @param plots files beside the card by title, in order
 */
public record ModelCard(
        String title,
        SequencedMap<String, String> facts,
        List<String> limits,
        List<PartReport> reports,
        Judgement judgement,
        SequencedMap<String, String> plots) {
    public ModelCard {
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        limits = List.copyOf(limits);
        reports = List.copyOf(reports);
        plots = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(plots));
    }

    /** The card as a Markdown document. */
    public String markdown() {
        StringBuilder card = new StringBuilder("# " + text(title) + "\n\n");
        card.append(
                judgement.accepted()
                        ? "Accepted by all gates.\n"
                        : "**Refused** by " + judgement.refusals().size() + " of "
                                + judgement.verdicts().size() + " gates: it must not challenge.\n");
        if (!facts.isEmpty()) {
            card.append('\n');
            row(card, List.of("", ""));
            row(card, List.of("---", "---"));
            facts.forEach((name, value) -> row(card, List.of(text(name), text(value))));
        }
        if (!limits.isEmpty()) {
            card.append("\n## Limits\n\n");
            limits.forEach(limit -> card.append("- ").append(text(limit)).append('\n'));
        }
        card.append("\n## Gates\n\n");
        row(card, List.of("gate", "verdict", "why"));
        row(card, List.of("---", "---", "---"));
        judgement
                .verdicts()
                .forEach(verdict -> row(card, List.of(text(verdict.gate()), words(verdict), text(verdict.reason()))));
        reports.stream()
                .collect(Collectors.groupingBy(PartReport::part, LinkedHashMap::new, Collectors.toList()))
                .forEach((part, found) -> part(card, part, found));
        if (!plots.isEmpty()) {
            card.append("\n## Plots\n");
            plots.forEach((name, file) -> card.append("\n![")
                    .append(text(name))
                    .append("](")
                    .append(file.replace(" ", "%20").replace(")", "%29"))
                    .append(")\n"));
        }
        return card.toString();
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed _ -> "passed";
            case Verdict.Refused _ -> "**refused**";
        };
    }

    private static void part(StringBuilder card, String part, List<PartReport> reports) {
        card.append("\n## Scores: ").append(text(part)).append("\n\nIntervals of level .95 in brackets.\n\n");
        SortedSet<String> metrics = reports.stream()
                .flatMap(report -> report.metrics().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> counts = List.of("segment", "rows", "positives");
        row(
                card,
                Stream.concat(counts.stream(), metrics.stream().map(ModelCard::text))
                        .toList());
        row(card, Collections.nCopies(counts.size() + metrics.size(), "---"));
        for (PartReport report : reports) {
            String segment = report.segment() == null ? "all rows" : text(report.segment());
            String positives = report.positives() == null ? "" : String.format(Locale.ROOT, "%,d", report.positives());
            Stream<String> values = metrics.stream().map(metric -> {
                var estimate = report.metrics().get(metric);
                return estimate == null ? "" : estimate.toString();
            });
            row(
                    card,
                    Stream.concat(
                                    Stream.of(segment, String.format(Locale.ROOT, "%,d", report.rows()), positives),
                                    values)
                            .toList());
        }
    }

    private static void row(StringBuilder card, Collection<String> cells) {
        card.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Text that Markdown takes for nothing but text. */
    private static String text(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1");
    }
}
