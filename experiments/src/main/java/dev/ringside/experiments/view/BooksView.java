package dev.ringside.experiments.view;

import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Totals;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.look.KpiLedger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was taken in since the installation began, summed over the partitions' last snapshots.
 *
 * @param outcomes records by class; each is in exactly one
 * @param horizon up to which every partition is counted; null while one has said nothing
 * @param unknownOutcomes names of outcomes that no experiment's KPI reads, since the ingests started; the most first
 */
public record BooksView(
        long predictions,
        long repeatedPredictions,
        long refused,
        Map<String, Long> outcomes,
        @Nullable Instant horizon,
        List<UnknownOutcome> unknownOutcomes) {

    /**
     * A name of outcomes that no KPI reads.
     *
     * @param count how many outcomes had it
     * @param nearest the name of a KPI's outcome that was perhaps meant; null if none is near
     */
    public record UnknownOutcome(
            String name, long count, @Nullable String nearest) {}

    /**
     * The books as the ledger has them.
     *
     * @param reports of the fleet, in which ingests say what names outcomes had
     * @param known the names of outcomes that the KPIs of any experiment read
     */
    public static BooksView of(KpiLedger ledger, List<FleetReport> reports, Set<String> known) {
        List<Totals> totals = ledger.snapshots().stream().map(Snapshot::totals).toList();
        var sums = new EnumMap<OutcomeClass, Long>(OutcomeClass.class);
        totals.forEach(t -> t.outcomes().forEach((c, n) -> sums.merge(c, n, Long::sum)));
        var outcomes = new LinkedHashMap<String, Long>();
        Arrays.stream(OutcomeClass.values())
                .forEach(c -> outcomes.put(c.name().toLowerCase(Locale.ROOT), sums.getOrDefault(c, 0L)));
        return new BooksView(
                totals.stream().mapToLong(Totals::predictions).sum(),
                totals.stream().mapToLong(Totals::repeatedPredictions).sum(),
                totals.stream().mapToLong(Totals::refused).sum(),
                outcomes,
                ledger.horizon().orElse(null),
                unknown(reports, known));
    }

    private static List<UnknownOutcome> unknown(List<FleetReport> reports, Set<String> known) {
        var counts = new TreeMap<String, Long>();
        for (FleetReport report : reports) {
            report.counters().forEach((counter, count) -> {
                if (counter.startsWith(FleetReport.OUTCOMES_NAMED)) {
                    counts.merge(counter.substring(FleetReport.OUTCOMES_NAMED.length()), count, Long::sum);
                }
            });
        }
        counts.keySet().removeAll(known);
        return counts.entrySet().stream()
                .map(e -> new UnknownOutcome(
                        e.getKey(),
                        e.getValue(),
                        Spelling.nearest(e.getKey(), known).orElse(null)))
                .sorted(Comparator.comparingLong(UnknownOutcome::count).reversed())
                .toList();
    }
}
