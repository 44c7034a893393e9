package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Holdback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Makes looks again from a ledger that holds a replayed log: the same sums by the same code, the same decision, the same
 * digests. What a look is about is not taken from its record but follows from the look before it and from the experiment:
 * its time, which week it completes, what was looked at before, what the design is. What differs is said in sentences.
 */
public final class LookReplay {
    private final KpiLedger ledger;
    private final EvidenceReader reader;
    private final Map<String, Map<Integer, EpochDefinition>> definitions;
    private final Map<String, Experiment> experiments;
    private final Region1Replay region1;
    private final Map<Series.Key, LookRecord> latest = new HashMap<>();

    /**
     * Prepares a replay.
     *
     * @param ledger what the replayed log amounts to
     * @param definitions of all epochs
     * @param experiments all of them; what they say about looks is frozen when they start
     */
    public LookReplay(KpiLedger ledger, List<EpochDefinition> definitions, List<Experiment> experiments) {
        this.ledger = ledger;
        this.reader = new EvidenceReader(ledger);
        this.definitions = definitions.stream()
                .collect(Collectors.groupingBy(
                        EpochDefinition::experiment, Collectors.toMap(EpochDefinition::epoch, Function.identity())));
        this.experiments = experiments.stream().collect(Collectors.toMap(Experiment::name, Function.identity()));
        this.region1 = new Region1Replay(ledger, this::definition);
    }

    /**
     * What differs between a look and what the log gives; empty if it is the same, bit for bit. Looks of a region are to
     * be given in the order in which they were made.
     */
    public List<String> problems(LookRecord record) {
        var problems = new ArrayList<>(record.problems());
        var differences = new Differences(problems);
        Experiment experiment = experiments.get(record.evidence().experiment());
        if (experiment == null) {
            problems.add("there is no experiment '" + record.evidence().experiment() + "'");
            return problems;
        }
        try {
            switch (record) {
                case LookRecord.Version1 first -> {
                    region1.place(first.kept(), experiment.document(), differences);
                    differences.evidence(
                            first.kept().evidence(), region1.again(first.kept().evidence()));
                }
                case LookRecord.Version2 second -> again(experiment, second, differences);
            }
        } catch (KpiLedger.NotClosed e) {
            problems.add("the log ends before the look's cohorts had closed: " + e.getMessage());
        }
        offsets(record, problems);
        return problems;
    }

    private void again(Experiment experiment, LookRecord.Version2 record, Differences differences) {
        Evidence evidence = record.evidence();
        Optional<Series> found = series(experiment, evidence);
        if (found.isEmpty()) {
            differences
                    .problems()
                    .add("experiment '" + experiment.name() + "' never compared anything in "
                            + evidence.scope().text() + " from " + evidence.startedAt() + " on");
            return;
        }
        Series series = found.get();
        Optional<LookRecord> before = before(series);
        latest.put(series.key(), record);
        Optional<DueLook> due = new LookTimes(series)
                .next(before.map(look -> look.evidence().at()).orElse(null));
        if (due.isEmpty()) {
            differences
                    .problems()
                    .add("no look was due after "
                            + before.map(look -> look.evidence().at().toString())
                                    .orElse("the start"));
            return;
        }
        differences.same("at", due.get().at(), evidence.at());
        differences.same("design", series.design(), record.design());
        List<KpiHistory> history = series.question() == Question.PROMOTION
                ? before.map(LookRecord::history).orElse(List.of())
                : List.of();
        differences.evidence(evidence, reader.read(due.get(), history));
    }

    private Optional<LookRecord> before(Series series) {
        Optional<LookRecord> own = Optional.ofNullable(latest.get(series.key()));
        return own.isPresent()
                ? own
                : region1.latest(
                                series.document().name(),
                                series.key().place(),
                                series.key().firstEpoch())
                        .map(LookRecord.Version1::new);
    }

    /** The series that a look belongs to, from what the experiment did. */
    private Optional<Series> series(Experiment experiment, Evidence evidence) {
        int firstEpoch = evidence.strata().getFirst().epoch();
        String countedAs =
                evidence.scope() instanceof Scope.Holdback ? Holdback.countedAs(experiment.name()) : experiment.name();
        IntFunction<List<KpiDefinition>> kpis =
                epoch -> definition(countedAs, epoch).kpis();
        return experiment.regions().stream()
                .flatMap(region -> switch (evidence.scope()) {
                    case Scope.Region _ ->
                        Comparison.all(region).stream()
                                .filter(comparison -> comparison
                                        .segment()
                                        .equals(evidence.scope().text()))
                                .map(comparison ->
                                        Series.region(experiment.document(), question(evidence), comparison, kpis));
                    case Scope.Wave _ ->
                        Comparison.all(region).stream()
                                .map(comparison -> Series.promotion(experiment, comparison, kpis));
                    case Scope.Holdback _ ->
                        region.holdbacks().stream()
                                .map(holdback -> Series.holdback(experiment.document(), region, holdback, kpis));
                })
                .filter(series -> series.scope().equals(evidence.scope())
                        && series.first().firstEpoch() == firstEpoch
                        && series.startedAt().equals(evidence.startedAt()))
                .findFirst();
    }

    private static Question question(Evidence evidence) {
        return switch (evidence.scope()) {
            case Scope.Region _ -> evidence.week() != null || evidence.last() ? Question.PROMOTION : Question.WATCH;
            case Scope.Wave _ -> Question.PROMOTION;
            case Scope.Holdback _ -> Question.HOLDBACK;
        };
    }

    private void offsets(LookRecord record, List<String> problems) {
        Instant at = record.evidence().at();
        List<Long> offsets = ledger.offsets(at).orElse(List.of());
        for (int partition = 0; partition < offsets.size(); partition++) {
            Long cited = record.offsets().get(partition);
            if (!offsets.get(partition).equals(cited)) {
                problems.add("partition " + partition + ": the look cites offset " + cited
                        + ", its closing was first covered at offset " + offsets.get(partition));
            }
        }
        if (offsets.isEmpty()) {
            problems.add("the log ends before the look's closing at " + at);
        }
    }

    private EpochDefinition definition(String experiment, int epoch) {
        EpochDefinition definition =
                definitions.getOrDefault(experiment, Map.of()).get(epoch);
        if (definition == null) {
            throw new IllegalStateException(
                    "the definition of experiment '" + experiment + "' epoch " + epoch + " is missing");
        }
        return definition;
    }
}
