package dev.ringside.experiments.view;

import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Totals;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.experiments.look.KpiLedger;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was taken in since the installation began, summed over the partitions' last snapshots.
 *
 * @param outcomes records by class; each is in exactly one
 * @param horizon up to which every partition is counted; null while one has said nothing
 */
public record BooksView(
        long predictions,
        long repeatedPredictions,
        long refused,
        Map<String, Long> outcomes,
        @Nullable Instant horizon) {

    /** The books as the ledger has them. */
    public static BooksView of(KpiLedger ledger) {
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
                ledger.horizon().orElse(null));
    }
}
