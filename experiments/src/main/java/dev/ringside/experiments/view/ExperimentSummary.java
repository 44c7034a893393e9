package dev.ringside.experiments.view;

import dev.ringside.experiments.experiment.Act;
import dev.ringside.experiments.experiment.ExperimentDocument.Arm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An experiment in a list of many. */
public record ExperimentSummary(
        String name,
        String slot,
        String state,
        String coverage,
        List<Arm> arms,
        Instant createdAt,
        @Nullable Instant startedAt,
        List<Act> acts,
        PromotionsView promotions,
        List<RegionSummary> regions) {

    /** A region in a list of many. */
    public record RegionSummary(
            String segment,
            int wave,
            String state,
            String verdict,
            @Nullable Instant decidedAt,
            StandingView.EvidenceView evidence,
            StandingView.@Nullable ServingView serving,
            List<Act> acts) {}

    static ExperimentSummary of(ExperimentView view) {
        return new ExperimentSummary(
                view.name(),
                view.slot(),
                view.state(),
                view.coverage(),
                view.arms(),
                view.createdAt(),
                view.startedAt(),
                view.acts(),
                view.promotions(),
                view.regions().stream()
                        .map(r -> new RegionSummary(
                                r.segment(),
                                r.wave(),
                                r.state(),
                                r.verdict(),
                                r.decidedAt(),
                                r.standing().evidence(),
                                r.standing().serving(),
                                r.standing().acts()))
                        .toList());
    }
}
