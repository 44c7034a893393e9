package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.decision.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.RegionView.ArmKpiView;
import dev.ringside.experiments.view.RegionView.ArmView;
import dev.ringside.experiments.view.RegionView.KpiView;
import dev.ringside.experiments.view.RegionView.SampleRatioView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the view of a region from its state, its last look and the ledger. */
final class RegionViews {
    private final KpiLedger ledger;
    private final EventClock events;
    private final RegionWords words;
    private final StandingViews standings;

    RegionViews(KpiLedger ledger, EventClock events, RegionWords words, StandingViews standings) {
        this.standings = standings;
        this.ledger = ledger;
        this.events = events;
        this.words = words;
    }

    RegionView of(Tx tx, Experiment experiment, Region region) {
        Region.Running ran = region.ran();
        Optional<Look> look = ran == null ? Optional.empty() : LookStore.latest(tx, experiment.name(), ran);
        Ends ends = Ends.of(region);
        RegionWords.Words said = words.of(tx, experiment, region, look, events.now(tx));
        List<ArmView> arms = ran == null ? List.of() : arms(experiment.name(), ran, look);
        long closed = arms.stream().mapToLong(ArmView::closedUnits).sum();
        long exposed = arms.stream().mapToLong(ArmView::exposed).sum();
        return new RegionView(
                region.segment(),
                region.wave() + 1,
                experiment.standing(region).state(),
                ran == null ? null : ran.current().epoch(),
                ran == null ? null : ran.comparison().getFirst().openedAt(),
                ends.at(),
                said.verdict(),
                said.sentence(),
                said.reasons(),
                ends.decidedAt(),
                arms,
                kpis(experiment, look),
                look.map(RegionViews::sampleRatio).orElse(null),
                region instanceof Region.Ended && ran != null ? exposed - closed : null,
                look.map(l -> closedThrough(experiment, l)).orElse(null),
                said.nextLookAt(),
                look.map(l -> l.record().evidenceDigest()).orElse(null),
                look.map(l -> l.record().recordDigest()).orElse(null),
                look.map(Look::id).orElse(null),
                standings.of(tx, experiment, region));
    }

    private record Ends(@Nullable Instant at, @Nullable Instant decidedAt) {
        static Ends of(Region region) {
            if (!(region instanceof Region.Ended ended)) {
                return new Ends(null, null);
            }
            Instant at = ended.ending().at();
            Instant decided = ended.ending().decidedAt();
            return new Ends(at, decided == null ? at : decided);
        }
    }

    private List<ArmView> arms(String experiment, Region.Running ran, Optional<Look> look) {
        return ran.current().arms().stream()
                .map(arm -> arm(experiment, ran, arm, look))
                .toList();
    }

    private ArmView arm(String experiment, Region.Running ran, RoutingRow.Arm arm, Optional<Look> look) {
        long exposed = 0;
        for (RowEpoch epoch : ran.comparison()) {
            exposed += ledger.all(experiment, epoch.epoch(), ran.segment(), arm.variant())
                    .units();
        }
        List<Evidence.Arm> known = look.map(l -> l.record().evidence().strata().stream()
                        .flatMap(stratum -> stratum.arms().stream())
                        .filter(a -> a.variant().equals(arm.variant()))
                        .toList())
                .orElse(List.of());
        return new ArmView(
                arm.variant(),
                arm.version(),
                exposed,
                known.stream().mapToLong(a -> a.exposures().units()).sum(),
                known.stream().mapToLong(a -> a.exposures().crossed()).sum(),
                known.stream().mapToLong(a -> a.exposures().fellBack()).sum(),
                look.map(l -> armKpis(l, arm.variant())).orElse(List.of()));
    }

    private static List<ArmKpiView> armKpis(Look look, String variant) {
        return look.record().decision().kpis().stream()
                .flatMap(result -> result.arms().stream()
                        .filter(mean -> mean.variant().equals(variant))
                        .map(mean -> new ArmKpiView(result.kpi(), mean.units(), mean.mean())))
                .toList();
    }

    private static List<KpiView> kpis(Experiment experiment, Optional<Look> look) {
        if (look.isEmpty()) {
            return experiment.document().kpis().stream()
                    .map(kpi -> new KpiView(kpi.name(), role(kpi.role()), null, null, null, null, null, null))
                    .toList();
        }
        return look.get().record().decision().kpis().stream()
                .map(result -> kpi(result, look.get().at()))
                .toList();
    }

    private static KpiView kpi(KpiResult result, Instant at) {
        KpiResult.Estimate estimate = result.estimate();
        KpiResult.Interval interval = result.interval();
        return new KpiView(
                result.kpi(),
                role(result.role()),
                result.shown(),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                interval == null ? null : interval.kind().name().toLowerCase(Locale.ROOT),
                estimate == null ? null : estimate.fraction(),
                at);
    }

    private static String role(KpiDefinition.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static SampleRatioView sampleRatio(Look look) {
        SampleRatioResult result = look.record().decision().sampleRatio();
        return new SampleRatioView(result.logBayesFactor(), result.alarm());
    }

    private static Instant closedThrough(Experiment experiment, Look look) {
        return look.cohort().plus(experiment.document().primary().cohort());
    }
}
