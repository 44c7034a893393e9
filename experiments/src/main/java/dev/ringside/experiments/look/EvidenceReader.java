package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.LookCalendar;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import java.time.Duration;
import java.time.Instant;
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
        List<Evidence.Epoch> epochs = region.comparison().stream()
                .filter(epoch -> epoch.openedAt().isBefore(end))
                .map(epoch -> epoch(document, region.segment(), epoch, startedAt, end, look.at()))
                .toList();
        return new Evidence(
                document.name(),
                region.segment(),
                startedAt,
                look.cohort(),
                look.at(),
                calendar.week(look.cohort()),
                calendar.last(look.cohort()),
                epochs,
                look.history());
    }

    private Evidence.Epoch epoch(
            ExperimentDocument document, String segment, RowEpoch epoch, Instant startedAt, Instant end, Instant at) {
        EpochDefinition definition = document.definition(epoch.epoch());
        return new Evidence.Epoch(
                epoch.epoch(),
                epoch.arms().stream()
                        .map(arm -> arm(definition, segment, arm.variant(), arm.weight(), startedAt, end, at))
                        .toList());
    }

    /**
     * Sums what an arm has in the cohorts of one epoch.
     *
     * @param startedAt when the comparison began; not when the epoch opened, as routers have clocks of their own
     * @param end the end of the cohort that the look is about
     * @param at when that closed
     */
    Evidence.Arm arm(
            EpochDefinition definition,
            String segment,
            String variant,
            int weight,
            Instant startedAt,
            Instant end,
            Instant at) {
        String experiment = definition.experiment();
        Map<String, Moments> moments = new TreeMap<>();
        for (KpiDefinition kpi : definition.kpis()) {
            Instant first = EpochDefinition.floor(startedAt, kpi.cohort());
            Instant last = last(kpi, end, at);
            moments.put(
                    kpi.name(),
                    ledger.closed(experiment, definition.epoch(), segment, variant, kpi.name(), first, last));
        }
        Instant first = EpochDefinition.floor(startedAt, definition.cohort());
        ArmCounts counts = ledger.closed(
                experiment, definition.epoch(), segment, variant, first, lastSettled(definition, first, end, at));
        return Evidence.Arm.of(variant, weight, counts, moments);
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
