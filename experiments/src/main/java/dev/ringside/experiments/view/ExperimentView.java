package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.ExperimentDocument.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with all that is known of it.
 *
 * @param state {@code draft}, {@code running} or {@code ended}
 */
public record ExperimentView(
        String name,
        String slot,
        String state,
        String coverage,
        String salt,
        List<Arm> arms,
        List<KpiDefinition> kpis,
        List<List<String>> waves,
        Duration maxDuration,
        String scope,
        String nextWave,
        String harmAction,
        Instant createdAt,
        @Nullable Instant startedAt,
        List<RegionView> regions) {}
