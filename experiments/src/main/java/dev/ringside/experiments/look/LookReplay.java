package dev.ringside.experiments.look;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.LookRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes looks again from a ledger that holds a replayed log: the same sums by the same code, the same decision, the same
 * digests. What differs is said in sentences.
 */
public final class LookReplay {
    private final KpiLedger ledger;
    private final EvidenceReader reader;
    private final List<EpochDefinition> definitions;

    /**
     * Prepares a replay.
     *
     * @param ledger what the replayed log amounts to
     * @param definitions of all epochs
     */
    public LookReplay(KpiLedger ledger, List<EpochDefinition> definitions) {
        this.ledger = ledger;
        this.reader = new EvidenceReader(ledger);
        this.definitions = List.copyOf(definitions);
    }

    /** What differs between a look and what the log gives; empty if it is the same, bit for bit. */
    public List<String> problems(LookRecord record) {
        var problems = new ArrayList<>(record.problems());
        try {
            Evidence again = again(record.evidence());
            if (!again.equals(record.evidence())) {
                problems.add("the log gives other evidence: expected " + Json.write(record.evidence()) + ", found "
                        + Json.write(again));
            }
        } catch (KpiLedger.NotClosed e) {
            problems.add("the log ends before the look's cohorts had closed: " + e.getMessage());
        }
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
        return problems;
    }

    private Evidence again(Evidence evidence) {
        EpochDefinition primary =
                definition(evidence.experiment(), evidence.epochs().getFirst().epoch());
        Instant end = evidence.cohort().plus(length(primary));
        List<Evidence.Epoch> epochs = evidence.epochs().stream()
                .map(epoch -> {
                    EpochDefinition definition = definition(evidence.experiment(), epoch.epoch());
                    return new Evidence.Epoch(
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

    private EpochDefinition definition(String experiment, int epoch) {
        return definitions.stream()
                .filter(d -> d.experiment().equals(experiment) && d.epoch() == epoch)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the definition of experiment '" + experiment + "' epoch " + epoch + " is missing"));
    }

    /** The length of the primary KPI's cohorts, by which looks go. */
    private static Duration length(EpochDefinition definition) {
        return definition.kpis().stream()
                .filter(kpi -> kpi.role() == KpiDefinition.Role.PRIMARY)
                .findFirst()
                .orElseThrow()
                .cohort();
    }
}
