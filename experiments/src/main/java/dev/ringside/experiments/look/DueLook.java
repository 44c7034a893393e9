package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The next look at a running region: cohorts of the primary KPI are looked at one by one, in order, each when it closes,
 * however far the clock went in between. So what is decided does not depend on when anybody looked.
 *
 * @param cohort the start of the cohort that it waits for
 * @param at when that closes
 * @param history the promotion looks of the same comparison before it
 */
public record DueLook(Instant cohort, Instant at, List<KpiHistory> history) {

    /** The next look at a region. */
    public static DueLook next(Tx tx, Experiment experiment, Region.Running region) {
        KpiDefinition primary = experiment.document().primary();
        Duration length = primary.cohort();
        Optional<Look> latest = LookStore.latest(tx, experiment.name(), region);
        Instant cohort = latest.map(look -> look.cohort().plus(length))
                .orElseGet(() ->
                        EpochDefinition.floor(region.comparison().getFirst().openedAt(), length));
        return new DueLook(
                cohort,
                EpochDefinition.closes(primary, cohort),
                latest.map(look -> look.record().history()).orElse(List.of()));
    }
}
