package dev.ringside.experiments.view;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.experiment.Act;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Proof;
import dev.ringside.experiments.experiment.ProvenHarm;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.slot.Champion;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.StandingView.EvidenceView;
import dev.ringside.experiments.view.StandingView.HoldbackView;
import dev.ringside.experiments.view.StandingView.ServingView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what is proven of a region, what serves there and by whom, and what can be done. */
final class StandingViews {
    private final Lifecycle lifecycle;

    StandingViews(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    StandingView of(Tx tx, Experiment experiment, Region region) {
        Region.Running ran = region.ran();
        ServingView serving = serving(tx, experiment, region);
        return new StandingView(
                EvidenceView.of(region.proof()),
                serving,
                lifecycle.acts(tx, experiment, region),
                ran == null ? null : ran.current().attempt(),
                warnings(tx, experiment, region, serving),
                holdback(tx, experiment, region),
                region instanceof Region.Paused paused ? paused.pause().at() : null,
                StandingView.runs(region, experiment.standing(region).state()));
    }

    /** What keeps or kept the old champion, also where its looks have undone the promotion since. */
    private static @Nullable HoldbackView holdback(Tx tx, Experiment experiment, Region region) {
        Holdback holdback = region.holdback();
        if (holdback == null) {
            return null;
        }
        String primary = experiment.document().primary().name();
        return HoldbackView.of(
                holdback,
                promotion(tx, experiment, region)
                        .map(look -> KpiViews.of(look, primary))
                        .orElse(null),
                LookStore.latestHoldback(
                                tx,
                                experiment.name(),
                                region.segment(),
                                holdback.epoch().epoch())
                        .map(look -> KpiViews.of(look, primary))
                        .orElse(null));
    }

    /** The look that promoted a region, or its wave; empty if a person did. */
    private static Optional<Look> promotion(Tx tx, Experiment experiment, Region region) {
        Region.Running ran = region.ran();
        return ran == null
                ? Optional.empty()
                : LookStore.promotion(
                        tx,
                        experiment.name(),
                        region.segment(),
                        region.wave() + 1,
                        ran.comparison().getFirst().epoch());
    }

    /** What can be done to an experiment without naming a region. */
    List<Act> acts(Tx tx, Experiment experiment) {
        return lifecycle.acts(tx, experiment);
    }

    @Nullable
    static ServingView serving(Tx tx, Experiment experiment, Region region) {
        Optional<Champion> found = Champions.at(tx, experiment.document().slot(), region.segment(), Instant.MAX);
        if (found.isEmpty()) {
            return null;
        }
        Champion champion = found.get();
        return new ServingView(
                champion.version(),
                champion.actor(),
                forced(region, champion),
                champion.since(),
                champion.act(),
                champion.why());
    }

    private static boolean forced(Region region, Champion champion) {
        Region.Running ran = region.ran();
        if (ran == null || champion.actor().equals(Actor.POLICY.name())) {
            return false;
        }
        RowEpoch row = ran.current();
        Proof proof = region.proof();
        boolean better = proof != null && proof.proven() == Proof.Proven.BETTER;
        return champion.version().equals(row.challengerVersion())
                ? !better
                : better && champion.version().equals(row.controlVersion());
    }

    private static List<String> warnings(Tx tx, Experiment experiment, Region region, @Nullable ServingView serving) {
        Region.Running ran = region.ran();
        boolean tried = region instanceof Region.Running || region instanceof Region.Paused;
        Stream<String> versions = Stream.concat(
                ran != null && tried ? Stream.of(ran.current().challengerVersion()) : Stream.empty(),
                serving == null ? Stream.empty() : Stream.of(serving.version()));
        return versions.distinct()
                .flatMap(version -> ProvenHarm.of(tx, experiment.document().slot(), version).stream())
                .filter(found -> !found.experiment().equals(experiment.name())
                        || !found.segment().equals(region.segment()))
                .map(ProvenHarm.Found::sentence)
                .toList();
    }
}
