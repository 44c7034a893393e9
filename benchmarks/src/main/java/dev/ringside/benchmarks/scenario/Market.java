package dev.ringside.benchmarks.scenario;

import dev.ringside.benchmarks.data.Traffic;
import java.util.List;

/**
 * A region.
 *
 * @param segment its name
 * @param traffic units of both arms
 * @param lost which share of the challenger's units leaves no trace
 * @param sources in the order of the scenario's KPIs
 */
public record Market(String segment, Traffic traffic, double lost, List<Source> sources) {
    /** Copies the list. */
    public Market {
        sources = List.copyOf(sources);
    }
}
