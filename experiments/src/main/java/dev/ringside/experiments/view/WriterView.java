package dev.ringside.experiments.view;

import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Writer;
import dev.ringside.experiments.look.KpiLedger;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A writer of events, as the partition that has heard least of it knows it.
 *
 * @param through all of its events with a time before this are counted; null if it has promised nothing
 * @param open false after an orderly stop or a retirement
 * @param leftOut so far behind that the horizon does not wait for it
 */
public record WriterView(
        String writer, String role, long boot, @Nullable Instant through, boolean open, boolean leftOut) {

    /** Every writer that a partition knows, by name. */
    public static List<WriterView> of(KpiLedger ledger) {
        var writers = new TreeMap<String, Writer>();
        for (Snapshot snapshot : ledger.snapshots()) {
            snapshot.writers().forEach(w -> writers.merge(w.writer(), w, WriterView::behind));
        }
        return writers.values().stream()
                .map(w -> new WriterView(w.writer(), w.role(), w.boot(), w.through(), w.open(), w.leftOut()))
                .toList();
    }

    private static Writer behind(Writer one, Writer other) {
        Instant through = other.through();
        return through == null || (one.through() != null && through.isBefore(one.through())) ? other : one;
    }
}
