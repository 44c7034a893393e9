package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.util.EnumMap;
import java.util.Map;

/** The horizon of a partition and its counts since the installation began. */
final class Tallies {
    private static final byte[] KEY = {SumKeys.TALLIES};

    private final Table table;
    private long horizon = Nanos.NEVER;
    private long predictions;
    private long repeated;
    private long refused;
    private final Map<OutcomeClass, Long> outcomes = new EnumMap<>(OutcomeClass.class);

    Tallies(Table table) {
        this.table = table;
        for (OutcomeClass each : OutcomeClass.values()) {
            outcomes.put(each, 0L);
        }
        byte[] bytes = table.get(KEY);
        if (bytes != null) {
            var in = new PackedReader(bytes);
            horizon = in.fixed();
            predictions = in.number();
            repeated = in.number();
            refused = in.number();
            for (int left = in.count(); left > 0; left--) {
                outcomes.put(OutcomeClass.valueOf(in.text()), in.number());
            }
        }
    }

    void save() {
        var out = new PackedWriter().fixed(horizon).number(predictions).number(repeated);
        out.number(refused).number(outcomes.size());
        outcomes.forEach((as, count) -> out.text(as.name()).number(count));
        table.put(KEY, out.toBytes());
    }

    /** Every event with a time before it is in; {@link Nanos#NEVER} before the first promise. */
    long horizon() {
        return horizon;
    }

    void horizon(long moved) {
        horizon = moved;
    }

    void prediction() {
        predictions++;
    }

    void repeated() {
        repeated++;
    }

    void refused() {
        refused++;
    }

    void outcome(OutcomeClass as) {
        outcomes.merge(as, 1L, Long::sum);
    }

    /** An outcome that was pending is final. */
    void settled(OutcomeClass as) {
        outcomes.merge(OutcomeClass.PENDING, -1L, Long::sum);
        outcome(as);
    }

    KpiMessage.Totals totals() {
        return new KpiMessage.Totals(predictions, repeated, refused, outcomes);
    }
}
