package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.decision.region1.Design;
import dev.ringside.experiments.decision.region1.Evidence;
import dev.ringside.experiments.decision.region1.LookRecord;
import dev.ringside.experiments.experiment.ExperimentDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes looks of policy region/1 again, by the rules of its day: a look at a region at each closing of the primary KPI,
 * and arms counted where every KPI had closed.
 */
final class Region1Replay {
    private final KpiLedger ledger;
    private final Map<Comparison, LookRecord> latest = new HashMap<>();

    /** Looks of one region that count the same units; a fresh epoch began another. */
    private record Comparison(String experiment, String segment, int firstEpoch) {}

    /** What gives the definition of an epoch. */
    @FunctionalInterface
    interface Definitions {
        /** Of an experiment's epoch. */
        EpochDefinition of(String experiment, int epoch);
    }

    private final Definitions definitions;

    Region1Replay(KpiLedger ledger, Definitions definitions) {
        this.ledger = ledger;
        this.definitions = definitions;
    }

    /** The last look at a comparison of a region that was made again. */
    Optional<LookRecord> latest(String experiment, String segment, int firstEpoch) {
        return Optional.ofNullable(latest.get(new Comparison(experiment, segment, firstEpoch)));
    }

    /** Adds what differs between a look's place and what follows from the look before it. */
    void place(LookRecord record, ExperimentDocument document, Differences differences) {
        Evidence evidence = record.evidence();
        int firstEpoch = evidence.epochs().getFirst().epoch();
        EpochDefinition definition = definitions.of(evidence.experiment(), firstEpoch);
        KpiDefinition primary = primary(definition);
        LookRecord before = latest.put(new Comparison(evidence.experiment(), evidence.segment(), firstEpoch), record);
        if (before == null) {
            differences.same(
                    "cohort", EpochDefinition.floor(evidence.startedAt(), primary.cohort()), evidence.cohort());
            differences.same("history", List.of(), evidence.history());
        } else {
            differences.same("started_at", before.evidence().startedAt(), evidence.startedAt());
            differences.same("cohort", before.evidence().cohort().plus(primary.cohort()), evidence.cohort());
            differences.same("history", before.history(), evidence.history());
        }
        differences.same("at", EpochDefinition.closes(primary, evidence.cohort()), evidence.at());
        var calendar = new LookCalendar(evidence.startedAt(), primary.cohort(), document.maxDuration());
        differences.same("week", calendar.week(evidence.cohort()), evidence.week());
        differences.same("last", calendar.last(evidence.cohort()), evidence.last());
        differences.same(
                "design",
                Design.of(
                        definition.kpis(),
                        (int) document.segments().count(),
                        document.maxDuration(),
                        ExperimentDocument.CONTROL,
                        evidence.epochs().getFirst().arms().getLast().variant()),
                record.design());
    }

    /** The evidence of a look, from the replayed log. */
    Evidence again(Evidence evidence) {
        EpochDefinition first = definitions.of(
                evidence.experiment(), evidence.epochs().getFirst().epoch());
        Instant end = evidence.cohort().plus(primary(first).cohort());
        List<Evidence.Epoch> epochs = evidence.epochs().stream()
                .map(epoch -> epoch(evidence, epoch, end))
                .toList();
        return new Evidence(
                evidence.experiment(),
                evidence.segment(),
                evidence.startedAt(),
                evidence.cohort(),
                evidence.at(),
                evidence.week(),
                evidence.last(),
                epochs,
                evidence.history());
    }

    private Evidence.Epoch epoch(Evidence evidence, Evidence.Epoch epoch, Instant end) {
        EpochDefinition definition = definitions.of(evidence.experiment(), epoch.epoch());
        return new Evidence.Epoch(
                epoch.epoch(),
                epoch.arms().stream()
                        .map(arm -> arm(definition, evidence, arm.variant(), arm.weight(), end))
                        .toList());
    }

    /**
     * Sums what an arm has in the cohorts of one epoch.
     *
     * @param end the end of the cohort that the look is about
     */
    private Evidence.Arm arm(EpochDefinition definition, Evidence evidence, String variant, int weight, Instant end) {
        String experiment = definition.experiment();
        Map<String, Moments> moments = new TreeMap<>();
        for (KpiDefinition kpi : definition.kpis()) {
            Instant first = EpochDefinition.floor(evidence.startedAt(), kpi.cohort());
            Instant last = last(kpi, end, evidence.at());
            moments.put(
                    kpi.name(),
                    ledger.closed(
                            experiment, definition.epoch(), evidence.segment(), variant, kpi.name(), first, last));
        }
        Instant first = EpochDefinition.floor(evidence.startedAt(), definition.cohort());
        ArmCounts counts = ledger.closed(
                experiment,
                definition.epoch(),
                evidence.segment(),
                variant,
                first,
                lastSettled(definition, first, end, evidence.at()));
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

    /** The KPI by whose cohorts looks went. */
    private static KpiDefinition primary(EpochDefinition definition) {
        return definition.kpis().stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }
}
