package dev.ringside.contract.kpi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the aggregator must know of one epoch of an experiment: immutable, published before any router can route to it,
 * and kept for ever under its own key, so that an old log can always be joined again.
 *
 * @param experiment the experiment's name
 * @param epoch 1 for the first; units of an earlier epoch are not counted in a later one
 * @param slot the slot whose predictions expose units
 * @param variants the arms' names, the control first
 * @param kpis all KPIs, the primary among them
 */
public record EpochDefinition(
        String experiment, int epoch, String slot, List<String> variants, List<KpiDefinition> kpis) {
    /** Copies the lists. */
    public EpochDefinition {
        variants = List.copyOf(variants);
        kpis = List.copyOf(kpis);
    }

    /** The length of the cohorts by which arms are counted: the shortest of the KPIs'. */
    public Duration cohort() {
        return kpis.stream().map(KpiDefinition::cohort).min(Duration::compareTo).orElse(Duration.ofDays(1));
    }

    /** When everything about a unit first exposed in the cohort that starts at {@code cohort} is settled. */
    public Instant settled(Instant cohort) {
        return kpis.stream()
                .map(kpi -> closes(kpi, floor(cohort, kpi.cohort())))
                .max(Instant::compareTo)
                .orElse(cohort.plus(cohort()));
    }

    /** When the cohort of a KPI closes: its end, plus window, plus grace. */
    public static Instant closes(KpiDefinition kpi, Instant cohort) {
        return cohort.plus(kpi.cohort()).plus(kpi.window()).plus(kpi.grace());
    }

    /** The start of the cohort that a time falls in: cohorts are aligned to the epoch of Unix time, UTC. */
    public static Instant floor(Instant time, Duration length) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }
}
