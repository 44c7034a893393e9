package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Evidence.ArmUnits;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.Evidence.CutShort;
import dev.ringside.experiments.decision.Evidence.KpiCohorts;
import dev.ringside.experiments.decision.Evidence.Stratum;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sums what the ledger has of the cohorts that a look is about into its evidence. */
final class EvidenceReader {
    private final KpiLedger ledger;

    EvidenceReader(KpiLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * The evidence of a look whose time every partition has passed.
     *
     * @param history the promotion looks of the series before it
     * @throws KpiLedger.NotClosed if the ledger contradicts its horizon
     */
    Evidence read(DueLook look, List<KpiHistory> history) {
        Series series = look.series();
        return new Evidence(
                series.document().name(),
                series.scope(),
                series.startedAt(),
                look.at(),
                look.cohort(),
                look.week(),
                look.last(),
                series.members().stream()
                        .flatMap(member -> known(member, look.at()).stream().map(epoch -> stratum(look, member, epoch)))
                        .toList(),
                cohorts(look),
                history);
    }

    /** The epochs that had begun by then: what a person did afterwards is not known yet. */
    private static List<RowEpoch> known(Comparison member, Instant at) {
        return member.epochs().stream()
                .filter(epoch -> epoch.equals(member.epochs().getFirst())
                        || epoch.openedAt().isBefore(at))
                .toList();
    }

    private Stratum stratum(DueLook look, Comparison member, RowEpoch epoch) {
        return new Stratum(
                member.segment(),
                epoch.epoch(),
                epoch.arms().stream().map(arm -> arm(look, member, epoch, arm)).toList(),
                look.series().deciding().stream()
                        .flatMap(kpi -> cutShort(look, kpi, member, epoch).stream())
                        .toList());
    }

    private static Optional<CutShort> cutShort(DueLook look, KpiDefinition kpi, Comparison member, RowEpoch epoch) {
        Instant closedAt = member.closedAt(epoch);
        Instant first = counted(look, kpi, member).firstCutShort(epoch, look.at());
        return closedAt == null || first == null
                ? Optional.empty()
                : Optional.of(new CutShort(kpi.name(), first, closedAt));
    }

    private Evidence.Arm arm(DueLook look, Comparison member, RowEpoch epoch, RoutingRow.Arm arm) {
        Map<String, Moments> moments = new TreeMap<>();
        for (KpiDefinition kpi : look.series().kpis()) {
            Moments sum = cells(look, member, epoch, arm.variant(), kpi).values().stream()
                    .reduce(Moments.NONE, Moments::plus);
            moments.put(kpi.name(), sum);
        }
        return new Evidence.Arm(arm.variant(), arm.weight(), exposures(look, member, epoch, arm.variant()), moments);
    }

    private Map<Instant, Moments> cells(
            DueLook look, Comparison member, RowEpoch epoch, String variant, KpiDefinition kpi) {
        var counted = counted(look, kpi, member);
        return ledger.cohorts(
                look.series().countedAs(),
                epoch.epoch(),
                member.segment(),
                variant,
                kpi.name(),
                counted.first(),
                counted.last(epoch, look.at(), look.upTo()));
    }

    private static CountedCohorts counted(DueLook look, KpiDefinition kpi, Comparison member) {
        return new CountedCohorts(kpi, member, look.series().document().maxDuration());
    }

    private ExposureCounts exposures(DueLook look, Comparison member, RowEpoch epoch, String variant) {
        Duration length = look.series().kpis().stream()
                .map(KpiDefinition::cohort)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return ledger.exposures(
                look.series().countedAs(),
                epoch.epoch(),
                member.segment(),
                variant,
                EpochDefinition.floor(member.startedAt(), length),
                EpochDefinition.floor(look.at(), length).minus(length));
    }

    /** Only a test of harm asks for cohorts one by one, and there is none of a wave. */
    private List<KpiCohorts> cohorts(DueLook look) {
        return switch (look.series().question()) {
            case WATCH, HOLDBACK ->
                look.series().deciding().stream()
                        .map(kpi -> new KpiCohorts(kpi.name(), cohorts(look, kpi)))
                        .toList();
            case PROMOTION ->
                switch (look.series().document().scope()) {
                    case WAVE -> List.of();
                    case REGION ->
                        look.series().deciding().stream()
                                .map(kpi -> new KpiCohorts(kpi.name(), cohorts(look, kpi)))
                                .toList();
                };
        };
    }

    private List<Cohort> cohorts(DueLook look, KpiDefinition kpi) {
        var cohorts = new ArrayList<Cohort>();
        for (Comparison member : look.series().members()) {
            for (RowEpoch epoch : known(member, look.at())) {
                cohorts.addAll(cohorts(look, kpi, member, epoch));
            }
        }
        return cohorts;
    }

    private List<Cohort> cohorts(DueLook look, KpiDefinition kpi, Comparison member, RowEpoch epoch) {
        Map<String, Map<Instant, Moments>> byArm = new TreeMap<>();
        NavigableSet<Instant> starts = new TreeSet<>();
        for (RoutingRow.Arm arm : epoch.arms()) {
            Map<Instant, Moments> cells = cells(look, member, epoch, arm.variant(), kpi);
            byArm.put(arm.variant(), cells);
            starts.addAll(cells.keySet());
        }
        return starts.stream()
                .map(start -> new Cohort(
                        member.segment(),
                        epoch.epoch(),
                        start,
                        epoch.arms().stream()
                                .map(arm -> units(
                                        arm.variant(),
                                        byArm.getOrDefault(arm.variant(), Map.of())
                                                .get(start)))
                                .toList()))
                .toList();
    }

    private static ArmUnits units(String variant, @Nullable Moments moments) {
        return moments == null ? new ArmUnits(variant, 0, 0) : new ArmUnits(variant, moments.units(), moments.events());
    }
}
