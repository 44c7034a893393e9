package dev.ringside.experiments.view;

import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Starting;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Standstill;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;

/** Makes the views of experiments. */
public final class ExperimentViews {
    private final RegionViews regions;
    private final StandingViews standings;

    /**
     * @param starting knows what stands against the beginning of a region
     * @param lifecycle knows what can be done
     * @param patience how long a look may be due before the region is shown as blocked
     */
    public ExperimentViews(
            KpiLedger ledger,
            EventClock events,
            Starting starting,
            Lifecycle lifecycle,
            Standstill standstill,
            Duration patience) {
        this.standings = new StandingViews(lifecycle);
        this.regions = new RegionViews(ledger, events, new RegionWords(starting, standstill, patience), standings);
    }

    /** The view of an experiment. */
    public ExperimentView of(Tx tx, Experiment experiment) {
        ExperimentDocument document = experiment.document();
        return new ExperimentView(
                document.name(),
                document.slot(),
                document.description(),
                document.owner(),
                experiment.state(),
                document.coverage().toString(),
                document.salt(),
                document.arms(),
                document.kpis(),
                document.waves(),
                document.maxDuration(),
                document.scope(),
                document.nextWave(),
                document.harmAction(),
                document.harmElsewhere(),
                document.holdback(),
                experiment.createdWall(),
                experiment.startedAt(),
                standings.acts(tx, experiment),
                PromotionsView.of(experiment),
                experiment.regions().stream()
                        .map(region -> regions.of(tx, experiment, region))
                        .toList());
    }

    /** What the list of experiments shows of one. */
    public ExperimentSummary summary(Tx tx, Experiment experiment) {
        return ExperimentSummary.of(of(tx, experiment));
    }
}
