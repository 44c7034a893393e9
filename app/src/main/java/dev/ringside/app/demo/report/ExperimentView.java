package dev.ringside.app.demo.report;

import dev.ringside.contract.kpi.KpiDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as {@code GET /api/experiments/{name}} shows it: the fields that the demo reports.
 *
 * @param name its name
 * @param kpis what is measured
 * @param maxDuration for how long a region enrols units at most
 * @param regions how it stands in each
 */
public record ExperimentView(String name, List<KpiDefinition> kpis, Duration maxDuration, List<Region> regions) {
    public ExperimentView {
        kpis = List.copyOf(kpis);
        regions = List.copyOf(regions);
    }

    /** The KPI that decides. */
    public KpiDefinition primary() {
        return kpis.stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("experiment '" + name + "' has no primary KPI"));
    }

    /** The longest window of a KPI that decides. */
    public Duration longestWindow() {
        return kpis.stream()
                .filter(kpi -> kpi.role() != KpiDefinition.Role.MONITOR)
                .map(KpiDefinition::window)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** A region: null where there is nothing yet. */
    public record Region(
            String segment,
            @Nullable Integer wave,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant pausedAt,
            String verdict,
            @Nullable Instant decidedAt,
            List<Arm> arms,
            List<Difference> kpis,
            @Nullable Instant closedThrough,
            @Nullable String evidenceDigest) {
        public Region {
            arms = arms == null ? List.of() : List.copyOf(arms);
            kpis = kpis == null ? List.of() : List.copyOf(kpis);
        }

        /** Whether units were ever exposed here. */
        public boolean hasStarted() {
            return startedAt != null && arms.size() == 2;
        }

        /** The control, whose variant is {@code champion}. */
        public Arm champion() {
            return arms.getFirst();
        }

        /** The other arm. */
        public Arm challenger() {
            return arms.getLast();
        }

        /** The comparison by a KPI; null if there is none yet. */
        public @Nullable Difference difference(String kpi) {
            return kpis.stream().filter(d -> d.kpi().equals(kpi)).findFirst().orElse(null);
        }
    }

    /** An arm. */
    public record Arm(String variant, String version, long exposed, long closedUnits, List<Mean> kpis) {
        public Arm {
            kpis = kpis == null ? List.of() : List.copyOf(kpis);
        }

        /** The mean of a KPI over closed units; null if there is none. */
        public @Nullable Double mean(String kpi) {
            return kpis.stream()
                    .filter(m -> m.kpi().equals(kpi))
                    .findFirst()
                    .map(Mean::mean)
                    .orElse(null);
        }
    }

    /** The mean of a KPI in an arm. */
    public record Mean(String kpi, long units, @Nullable Double mean) {}

    /** Challenger less champion. */
    public record Difference(
            String kpi,
            @Nullable Double difference,
            @Nullable Double lower,
            @Nullable Double upper) {}
}
