package dev.ringside.app.demo.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.terminal.Table;
import dev.ringside.contract.model.RowsManifest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The demo's outcome as people read it. */
public final class Page {
    private static final int DIGEST_SHOWN = 12;

    private Page() {}

    /**
     * All of it.
     *
     * @param views the experiments as the platform shows them
     * @param recounted whether the client counts every arm as they do
     */
    public static String of(List<ExperimentView> views, Result result, boolean recounted) {
        var text = new StringBuilder();
        for (ExperimentView view : views) {
            text.append('\n').append("Experiment ").append(view.name()).append('\n');
            text.append(arms(view)).append('\n').append(verdicts(view, result));
        }
        if (result.retrained() != null) {
            text.append('\n').append(retrained(result.retrained()));
        }
        text.append('\n').append(books(result.books()));
        text.append(
                recounted
                        ? "Counted again by the client: units and mean of every arm are the same\n"
                        : "Counted again by the client: NOT THE SAME\n");
        text.append(String.format(
                Locale.ROOT,
                "%d fallbacks, %d seconds, at most %,d MB of memory in all processes together%n",
                result.fallbacks(),
                result.seconds(),
                result.peakRssBytes() / 1_000_000));
        return text.toString();
    }

    private static Table arms(ExperimentView view) {
        var table = Table.of(
                "REGION",
                "ARM",
                "VERSION",
                "EXPOSED",
                "CLOSED",
                view.primary().name().toUpperCase(Locale.ROOT));
        for (ExperimentView.Region region : view.regions()) {
            if (!region.hasStarted()) {
                table.row(region.segment(), "not started", null, null, null, null);
                continue;
            }
            for (ExperimentView.Arm arm : region.arms()) {
                table.row(
                        region.segment(),
                        arm.variant(),
                        arm.version(),
                        arm.exposed(),
                        arm.closedUnits(),
                        signed(arm.mean(view.primary().name())));
            }
        }
        return table;
    }

    private static Table verdicts(ExperimentView view, Result result) {
        var table = Table.of(
                "REGION",
                "DIFFERENCE",
                "FROM",
                "TO",
                "VERDICT",
                "WHEN",
                "TRUTH",
                "IN THE INTERVAL",
                "PEEKED T-TEST",
                "EVIDENCE");
        for (Result.Region region : result.everywhere()) {
            if (region.experiment().equals(view.name())) {
                Boolean covered = region.covered();
                table.row(
                        region.region(),
                        signed(region.difference()),
                        signed(region.lower()),
                        signed(region.upper()),
                        region.verdict().replace('_', ' '),
                        region.decidedAt(),
                        signed(region.trueDifference()),
                        covered == null ? null : covered ? "yes" : "NO",
                        region.exposures() == null ? null : peeked(region.peekedTTest()),
                        digest(region.evidenceDigest()));
            }
        }
        return table;
    }

    private static String peeked(PeekedTest.@Nullable Signal signal) {
        return signal == null ? "nothing" : (signal.sign() > 0 ? "better, " : "worse, ") + signal.day();
    }

    private static @Nullable String digest(@Nullable String digest) {
        return digest == null ? null : digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()));
    }

    private static @Nullable String signed(@Nullable Double value) {
        return value == null ? null : String.format(Locale.ROOT, "%+.4f", value);
    }

    private static String retrained(Retrained retrained) {
        RowsManifest rows = retrained.rows();
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "Retrained from the platform's own log of %s to %s%n%,d rows, outcomes final for what was predicted early"
                        + " enough before %s; no rows are %s%ndata %s, model %s%n",
                rows.log().from(),
                rows.log().to(),
                rows.rows(),
                rows.closedThrough(),
                rows.leftOut().entrySet().stream()
                        .map(reason -> String.format(
                                Locale.ROOT,
                                "%,d %s",
                                reason.getValue(),
                                reason.getKey().replace('_', ' ')))
                        .collect(Collectors.joining(", ")),
                digest(rows.sha256()),
                digest(retrained.sha256())));
        ObjectNode proposed = retrained.proposed();
        if (proposed == null) {
            return text.append(retrained.notProposed()).append('\n').toString();
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "proposed: %s in %s, smallest effect %s, at most %s; its verdicts stand above beside the truth%n",
                        proposed.path("name").asText(),
                        proposed.path("waves"),
                        proposed.path("kpis").path(0).path("minimum_effect").asText(),
                        proposed.path("max_duration").asText()))
                .toString();
    }

    private static String books(Books books) {
        return String.format(
                Locale.ROOT,
                """
                Books
                predictions answered %,d = logged %,d
                outcomes accepted %,d = counted %,d + outside %,d + late %,d + unmatched %,d + duplicates %,d + superseded %,d
                lost %,d

                """,
                books.predictionsAnswered(),
                books.predictionsLogged(),
                books.outcomesAccepted(),
                books.counted(),
                books.outside(),
                books.late(),
                books.unmatched(),
                books.duplicates(),
                books.superseded(),
                books.lost());
    }
}
