package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.decision.Decision.SampleRatioResult;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.look.Awaited;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookRecord;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.look.SettledExperiments;
import dev.ringside.experiments.store.Tx;
import dev.ringside.experiments.view.RegionView.ArmKpiView;
import dev.ringside.experiments.view.RegionView.ArmView;
import dev.ringside.experiments.view.RegionView.InterimView;
import dev.ringside.experiments.view.RegionView.KpiView;
import dev.ringside.experiments.view.RegionView.SampleRatioView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        Optional<Look> decider = decider(tx, region);
        Optional<Look> look = decider.filter(
                        l -> l.record().evidence().scope().segments().equals(List.of(region.segment())))
                .or(() -> ran == null ? Optional.empty() : LookStore.latest(tx, experiment.name(), ran));
        Optional<Look> shown = decider.or(() -> look);
        Ends ends = Ends.of(region);
        RegionWords.Words said = words.of(tx, experiment, region, shown, events.now(tx));
        List<ArmView> arms =
                ran == null ? List.of() : arms(tx, experiment, ran, look, !(region instanceof EndedRegion));
        long closed = arms.stream().mapToLong(ArmView::closedUnits).sum();
        long exposed = arms.stream().mapToLong(ArmView::exposed).sum();
        Awaited awaited = Awaited.of(tx, experiment, region);
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
                region instanceof EndedRegion && ran != null ? exposed - closed : null,
                look.map(l -> ran == null ? null : closedThrough(experiment, ran, l))
                        .orElse(null),
                said.nextLookAt(),
                shown.map(l -> l.record().evidenceDigest()).orElse(null),
                shown.map(l -> l.record().recordDigest()).orElse(null),
                shown.map(Look::id).orElse(null),
                awaited.promotionAlpha(),
                RegionWaits.of(experiment, region, look, awaited),
                standings.of(tx, experiment, region));
    }

    private record Ends(@Nullable Instant at, @Nullable Instant decidedAt) {
        static Ends of(Region region) {
            if (region instanceof Region.Paused paused) {
                return new Ends(paused.pause().at(), null);
            }
            if (!(region instanceof EndedRegion ended)) {
                return new Ends(null, null);
            }
            Instant at = ended.ending().at();
            Instant decided = ended.ending().decidedAt();
            return new Ends(at, decided == null ? at : decided);
        }
    }

    private List<ArmView> arms(Tx tx, Experiment experiment, Region.Running ran, Optional<Look> look, boolean goesOn) {
        return ran.current().arms().stream()
                .map(arm -> arm(tx, experiment, ran, arm, look, goesOn))
                .toList();
    }

    private ArmView arm(
            Tx tx, Experiment experiment, Region.Running ran, RoutingRow.Arm arm, Optional<Look> look, boolean goesOn) {
        long exposed = 0;
        for (RowEpoch epoch : ran.comparison()) {
            long known = ledger.all(experiment.name(), epoch.epoch(), ran.segment(), arm.variant())
                    .units();
            exposed += known > 0
                    ? known
                    : SettledExperiments.units(tx, experiment.name(), epoch.epoch(), ran.segment(), arm.variant());
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
                known.stream().mapToLong(a -> closedUnits(experiment, look, a)).sum(),
                known.stream().mapToLong(a -> a.exposures().crossed()).sum(),
                known.stream().mapToLong(a -> a.exposures().fellBack()).sum(),
                look.map(l -> armKpis(l, arm.variant())).orElse(List.of()),
                goesOn ? interim(experiment, ran, arm.variant()) : List.of());
    }

    private List<InterimView> interim(Experiment experiment, Region.Running ran, String variant) {
        return experiment.document().kpis().stream()
                .map(kpi -> {
                    Moments all = ran.comparison().stream()
                            .map(epoch -> ledger.interim(
                                    experiment.name(), epoch.epoch(), ran.segment(), variant, kpi.name()))
                            .reduce(Moments.NONE, Moments::plus);
                    return new InterimView(kpi.name(), all.units(), all.events());
                })
                .filter(interim -> interim.units() > 0)
                .toList();
    }

    /** Units whose primary KPI has closed; of policy region/1 those whose every KPI had. */
    private static long closedUnits(Experiment experiment, Optional<Look> look, Evidence.Arm arm) {
        boolean first = look.isPresent() && look.get().record() instanceof LookRecord.Version1;
        String primary = experiment.document().primary().name();
        return first
                ? arm.exposures().units()
                : arm.moments().getOrDefault(primary, Moments.NONE).units();
    }

    private static List<ArmKpiView> armKpis(Look look, String variant) {
        return look.record().decision().kpis().stream()
                .flatMap(result -> result.arms().stream()
                        .filter(mean -> mean.variant().equals(variant))
                        .map(mean -> new ArmKpiView(result.kpi(), mean.units(), mean.mean())))
                .toList();
    }

    private static List<KpiView> kpis(Experiment experiment, Optional<Look> look) {
        return look.map(KpiViews::of)
                .orElseGet(() -> experiment.document().kpis().stream()
                        .map(KpiViews::unknown)
                        .toList());
    }

    private static SampleRatioView sampleRatio(Look look) {
        SampleRatioResult result = look.record().decision().sampleRatio();
        return new SampleRatioView(result.logBayesFactor(), result.alarm());
    }

    /** The look that brought a region to its end or to its pause, if one did: at the region, or at its wave. */
    private static Optional<Look> decider(Tx tx, Region region) {
        Ending ending = switch (region) {
            case Region.Waiting _ -> null;
            case Region.Running _ -> null;
            case Region.Paused paused -> paused.pause();
            case EndedRegion ended -> ended.ending();
        };
        return Optional.ofNullable(ending).map(Ending::look).flatMap(id -> LookStore.find(tx, id));
    }

    /** Up to when the cohorts of the primary KPI had closed that count; null if none had. */
    private static @Nullable Instant closedThrough(Experiment experiment, Region.Running ran, Look look) {
        KpiDefinition primary = experiment.document().primary();
        Instant closed = look.at().minus(primary.window()).minus(primary.grace());
        Instant counts = ran.countsUntil(experiment.document().maxDuration());
        Instant cut = ran.current().closedAt();
        Instant treated = cut == null ? counts : cut.minus(primary.window());
        Instant through = EpochDefinition.floor(
                Stream.of(closed, counts, treated)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                primary.cohort());
        return through.isAfter(look.record().evidence().startedAt()) ? through : null;
    }
}
