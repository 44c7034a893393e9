package dev.ringside.metrics.ingest;

import dev.ringside.contract.routing.FleetReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many outcomes had which name since the start, so that a name which no KPI reads is seen. Only so many names are
 * told apart: whoever makes up names fills no memory. Thread-safe.
 */
final class OutcomeNames {
    private static final int MOST = 64;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String name) {
        LongAdder count = counts.get(name);
        if (count == null && counts.size() < MOST) {
            count = counts.computeIfAbsent(name, n -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
    }

    /** By {@link FleetReport#OUTCOMES_NAMED} and the name. */
    Map<String, Long> counters() {
        var counters = new TreeMap<String, Long>();
        counts.forEach((name, count) -> counters.put(FleetReport.OUTCOMES_NAMED + name, count.sum()));
        return counters;
    }
}
