package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Evidence.ArmUnits;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.Evidence.KpiCohorts;
import dev.ringside.experiments.decision.LookCalendar;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums what the ledger has of a region's closed cohorts into the evidence of a look. */
final class EvidenceReader {
    private final KpiLedger ledger;

    EvidenceReader(KpiLedger ledger) {
        this.ledger = ledger;
    }

    /** The evidence of a look whose time every partition has passed. */
    Evidence read(Experiment experiment, Region.Running region, DueLook look) {
        ExperimentDocument document = experiment.document();
        Duration length = document.primary().cohort();
        Instant startedAt = region.comparison().getFirst().openedAt();
        var calendar = new LookCalendar(startedAt, length, document.maxDuration());
        Instant end = look.cohort().plus(length);
        List<RowEpoch> epochs = region.comparison().stream()
                .filter(epoch -> epoch.openedAt().isBefore(end))
                .toList();
        return new Evidence(
                document.name(),
                new Scope.Region(region.segment()),
                startedAt,
                look.at(),
                look.cohort(),
                calendar.week(look.cohort()),
                calendar.last(look.cohort()),
                epochs.stream()
                        .map(epoch -> stratum(
                                document.definition(epoch.epoch()),
                                region.segment(),
                                weights(epoch),
                                startedAt,
                                end,
                                look.at()))
                        .toList(),
                document.kpis().stream()
                        .map(kpi -> cohorts(
                                kpi,
                                document.name(),
                                region.segment(),
                                epochs.stream().map(RowEpoch::epoch).toList(),
                                epochs.getFirst().arms().stream()
                                        .map(arm -> arm.variant())
                                        .toList(),
                                startedAt,
                                end,
                                look.at()))
                        .toList(),
                look.history());
    }

    private static Map<String, Integer> weights(RowEpoch epoch) {
        var weights = new LinkedHashMap<String, Integer>();
        epoch.arms().forEach(arm -> weights.put(arm.variant(), arm.weight()));
        return weights;
    }

    /**
     * Sums what the arms have in the cohorts of one epoch.
     *
     * @param weights by variant, the control first
     */
    Evidence.Stratum stratum(
            EpochDefinition definition,
            String segment,
            Map<String, Integer> weights,
            Instant startedAt,
            Instant end,
            Instant at) {
        var arms = new ArrayList<Evidence.Arm>();
        weights.forEach((variant, weight) -> {
            ArmCounts counts = counts(definition, segment, variant, startedAt, end, at);
            var exposures =
                    new ExposureCounts(counts.units(), counts.crossed(), counts.fellBack(), 0, 0, counts.unitHashSum());
            arms.add(new Evidence.Arm(
                    variant, weight, exposures, moments(definition, segment, variant, startedAt, end, at)));
        });
        return new Evidence.Stratum(segment, definition.epoch(), arms);
    }

    /** How many units of each closed cohort of a KPI had an event. */
    KpiCohorts cohorts(
            KpiDefinition kpi,
            String experiment,
            String segment,
            List<Integer> epochs,
            List<String> variants,
            Instant startedAt,
            Instant end,
            Instant at) {
        var cohorts = new ArrayList<Cohort>();
        Instant last = last(kpi, end, at);
        for (int epoch : epochs) {
            for (Instant start = EpochDefinition.floor(startedAt, kpi.cohort());
                    !start.isAfter(last);
                    start = start.plus(kpi.cohort())) {
                var arms = new ArrayList<ArmUnits>();
                for (String variant : variants) {
                    Moments sum = ledger.closed(experiment, epoch, segment, variant, kpi.name(), start, start);
                    arms.add(new ArmUnits(variant, sum.units(), sum.events()));
                }
                if (arms.stream().anyMatch(arm -> arm.units() > 0)) {
                    cohorts.add(new Cohort(segment, epoch, start, arms));
                }
            }
        }
        return new KpiCohorts(kpi.name(), cohorts);
    }

    /**
     * Sums what an arm has in the cohorts of one epoch, as looks of policy region/1 did.
     *
     * @param startedAt when the comparison began; not when the epoch opened, as routers have clocks of their own
     * @param end the end of the cohort that the look is about
     * @param at when that closed
     */
    dev.ringside.experiments.decision.region1.Evidence.Arm arm(
            EpochDefinition definition,
            String segment,
            String variant,
            int weight,
            Instant startedAt,
            Instant end,
            Instant at) {
        return dev.ringside.experiments.decision.region1.Evidence.Arm.of(
                variant,
                weight,
                counts(definition, segment, variant, startedAt, end, at),
                moments(definition, segment, variant, startedAt, end, at));
    }

    private Map<String, Moments> moments(
            EpochDefinition definition, String segment, String variant, Instant startedAt, Instant end, Instant at) {
        Map<String, Moments> moments = new TreeMap<>();
        for (KpiDefinition kpi : definition.kpis()) {
            Instant first = EpochDefinition.floor(startedAt, kpi.cohort());
            Instant last = last(kpi, end, at);
            moments.put(
                    kpi.name(),
                    ledger.closed(
                            definition.experiment(), definition.epoch(), segment, variant, kpi.name(), first, last));
        }
        return moments;
    }

    private ArmCounts counts(
            EpochDefinition definition, String segment, String variant, Instant startedAt, Instant end, Instant at) {
        Instant first = EpochDefinition.floor(startedAt, definition.cohort());
        return ledger.closed(
                definition.experiment(),
                definition.epoch(),
                segment,
                variant,
                first,
                lastSettled(definition, first, end, at));
    }

    /** The start of the KPI's last cohort that lies before a time and has closed at another. */
    private static Instant last(KpiDefinition kpi, Instant end, Instant at) {
        Instant closed = at.minus(kpi.window()).minus(kpi.grace());
        Instant least = closed.isBefore(end) ? closed : end;
        return EpochDefinition.floor(least, kpi.cohort()).minus(kpi.cohort());
    }

    /** The start of the last cohort of arms that lies before a time and is settled at another; before the first, none. */
    private static Instant lastSettled(EpochDefinition definition, Instant first, Instant end, Instant at) {
        Instant cohort = EpochDefinition.floor(end, definition.cohort()).minus(definition.cohort());
        while (!cohort.isBefore(first) && definition.settled(cohort).isAfter(at)) {
            cohort = cohort.minus(definition.cohort());
        }
        return cohort;
    }
}
