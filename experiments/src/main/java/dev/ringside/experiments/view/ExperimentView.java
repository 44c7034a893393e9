package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.experiment.Act;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.ExperimentDocument.Arm;
import dev.ringside.experiments.experiment.Holdback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with all that is known of it.
 *
 * @param state {@code draft}, {@code running} or {@code ended}
 * @param acts what can be done to it without naming a region
 * @param promotions where its challenger is champion, by who made it so
 */
public record ExperimentView(
        String name,
        String slot,
        @Nullable String description,
        @Nullable String owner,
        String state,
        String coverage,
        String salt,
        List<Arm> arms,
        List<KpiDefinition> kpis,
        List<List<String>> waves,
        Duration maxDuration,
        ExperimentDocument.Scope scope,
        ExperimentDocument.NextWave nextWave,
        ExperimentDocument.HarmAction harmAction,
        ExperimentDocument.HarmElsewhere harmElsewhere,
        Holdback.@Nullable Plan holdback,
        Instant createdAt,
        @Nullable Instant startedAt,
        List<Act> acts,
        PromotionsView promotions,
        List<RegionView> regions) {}
