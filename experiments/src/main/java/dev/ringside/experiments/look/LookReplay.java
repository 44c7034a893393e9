package dev.ringside.experiments.look;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.LookCalendar;
import dev.ringside.experiments.decision.LookRecord;
import dev.ringside.experiments.experiment.ExperimentDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes looks again from a ledger that holds a replayed log: the same sums by the same code, the same decision, the same
 * digests. What a look is about is not taken from its record but follows from the look before it and from the
 * experiment's document: which cohort, when that closes, which week it completes, what was looked at before, what the
 * design is. What differs is said in sentences.
 */
public final class LookReplay {
    private final KpiLedger ledger;
    private final EvidenceReader reader;
    private final List<EpochDefinition> definitions;
    private final Map<String, ExperimentDocument> documents;
    private final Map<Comparison, LookRecord> latest = new HashMap<>();

    /** Looks of one region that count the same units; a fresh epoch begins another. */
    private record Comparison(String experiment, String segment, int firstEpoch) {}

    /**
     * Prepares a replay.
     *
     * @param ledger what the replayed log amounts to
     * @param definitions of all epochs
     * @param documents of all experiments; what they say about looks is frozen when they start
     */
    public LookReplay(KpiLedger ledger, List<EpochDefinition> definitions, List<ExperimentDocument> documents) {
        this.ledger = ledger;
        this.reader = new EvidenceReader(ledger);
        this.definitions = List.copyOf(definitions);
        this.documents = documents.stream().collect(Collectors.toMap(ExperimentDocument::name, Function.identity()));
    }

    /**
     * What differs between a look and what the log gives; empty if it is the same, bit for bit. Looks of a region are to
     * be given in the order in which they were made.
     */
    public List<String> problems(LookRecord record) {
        var problems = new ArrayList<>(record.problems());
        try {
            place(record, problems);
            switch (record) {
                case LookRecord.Version1 first ->
                    evidence(first.kept().evidence(), again(first.kept().evidence()), problems);
                case LookRecord.Version2 second -> evidence(second.evidence(), again(second.evidence()), problems);
            }
        } catch (KpiLedger.NotClosed e) {
            problems.add("the log ends before the look's cohorts had closed: " + e.getMessage());
        }
        offsets(record, problems);
        return problems;
    }

    private static void evidence(Object kept, Object again, List<String> problems) {
        if (!again.equals(kept)) {
            problems.add("the log gives other evidence: expected " + Json.write(kept) + ", found " + Json.write(again));
        }
    }

    private void place(LookRecord record, List<String> problems) {
        Evidence evidence = record.evidence();
        int firstEpoch = evidence.strata().getFirst().epoch();
        Instant cohort = Look.cohort(evidence);
        ExperimentDocument document = documents.get(evidence.experiment());
        if (document == null) {
            problems.add("there is no experiment '" + evidence.experiment() + "'");
            return;
        }
        EpochDefinition definition = definition(evidence.experiment(), firstEpoch);
        KpiDefinition primary = primary(definition);
        LookRecord before = latest.put(
                new Comparison(evidence.experiment(), evidence.scope().text(), firstEpoch), record);
        if (before == null) {
            same("cohort", EpochDefinition.floor(evidence.startedAt(), primary.cohort()), cohort, problems);
            same("history", List.of(), evidence.history(), problems);
        } else {
            same("started_at", before.evidence().startedAt(), evidence.startedAt(), problems);
            same("cohort", Look.cohort(before.evidence()).plus(primary.cohort()), cohort, problems);
            same("history", before.history(), evidence.history(), problems);
        }
        same("at", EpochDefinition.closes(primary, cohort), evidence.at(), problems);
        var calendar = new LookCalendar(evidence.startedAt(), primary.cohort(), document.maxDuration());
        same("week", calendar.week(cohort), evidence.week(), problems);
        same("last", calendar.last(cohort), evidence.last(), problems);
        String challenger = evidence.strata().getFirst().arms().getLast().variant();
        switch (record) {
            case LookRecord.Version1 first ->
                same(
                        "design",
                        dev.ringside.experiments.decision.region1.Design.of(
                                definition.kpis(),
                                (int) document.segments().count(),
                                document.maxDuration(),
                                ExperimentDocument.CONTROL,
                                challenger),
                        first.kept().design(),
                        problems);
            case LookRecord.Version2 second ->
                same("design", Looks.design(document, definition.kpis(), challenger), second.design(), problems);
        }
    }

    private static void same(String field, @Nullable Object expected, @Nullable Object found, List<String> problems) {
        if (!Objects.equals(expected, found)) {
            problems.add("'" + field + "': the look before it and the experiment give " + text(expected) + ", found "
                    + text(found));
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : Json.write(value);
    }

    private void offsets(LookRecord record, List<String> problems) {
        List<Long> offsets = ledger.offsets(record.evidence().at()).orElse(List.of());
        for (int partition = 0; partition < offsets.size(); partition++) {
            Long cited = record.offsets().get(partition);
            if (!offsets.get(partition).equals(cited)) {
                problems.add("partition " + partition + ": the look cites offset " + cited
                        + ", its closing was first covered at offset " + offsets.get(partition));
            }
        }
        if (offsets.isEmpty()) {
            problems.add("the log ends before the look's closing at "
                    + record.evidence().at());
        }
    }

    private dev.ringside.experiments.decision.region1.Evidence again(
            dev.ringside.experiments.decision.region1.Evidence evidence) {
        EpochDefinition first =
                definition(evidence.experiment(), evidence.epochs().getFirst().epoch());
        Instant end = evidence.cohort().plus(primary(first).cohort());
        List<dev.ringside.experiments.decision.region1.Evidence.Epoch> epochs = evidence.epochs().stream()
                .map(epoch -> {
                    EpochDefinition definition = definition(evidence.experiment(), epoch.epoch());
                    return new dev.ringside.experiments.decision.region1.Evidence.Epoch(
                            epoch.epoch(),
                            epoch.arms().stream()
                                    .map(arm -> reader.arm(
                                            definition,
                                            evidence.segment(),
                                            arm.variant(),
                                            arm.weight(),
                                            evidence.startedAt(),
                                            end,
                                            evidence.at()))
                                    .toList());
                })
                .toList();
        return new dev.ringside.experiments.decision.region1.Evidence(
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

    private Evidence again(Evidence evidence) {
        EpochDefinition first =
                definition(evidence.experiment(), evidence.strata().getFirst().epoch());
        Instant end = Look.cohort(evidence).plus(primary(first).cohort());
        List<String> variants = evidence.strata().getFirst().arms().stream()
                .map(Evidence.Arm::variant)
                .toList();
        List<Evidence.Stratum> strata = evidence.strata().stream()
                .map(stratum -> {
                    var weights = new LinkedHashMap<String, Integer>();
                    stratum.arms().forEach(arm -> weights.put(arm.variant(), arm.weight()));
                    return reader.stratum(
                            definition(evidence.experiment(), stratum.epoch()),
                            stratum.segment(),
                            weights,
                            evidence.startedAt(),
                            end,
                            evidence.at());
                })
                .toList();
        List<Integer> epochs = strata.stream().map(Evidence.Stratum::epoch).toList();
        return new Evidence(
                evidence.experiment(),
                evidence.scope(),
                evidence.startedAt(),
                evidence.at(),
                evidence.cohort(),
                evidence.week(),
                evidence.last(),
                strata,
                first.kpis().stream()
                        .map(kpi -> reader.cohorts(
                                kpi,
                                evidence.experiment(),
                                evidence.scope().text(),
                                epochs,
                                variants,
                                evidence.startedAt(),
                                end,
                                evidence.at()))
                        .toList(),
                evidence.history());
    }

    private EpochDefinition definition(String experiment, int epoch) {
        return definitions.stream()
                .filter(d -> d.experiment().equals(experiment) && d.epoch() == epoch)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the definition of experiment '" + experiment + "' epoch " + epoch + " is missing"));
    }

    /** The KPI by whose cohorts looks go. */
    private static KpiDefinition primary(EpochDefinition definition) {
        return definition.kpis().stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }
}
