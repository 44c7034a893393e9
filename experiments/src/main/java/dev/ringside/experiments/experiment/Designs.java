package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Putting an experiment's document. A draft may change in every way. Once it has started its design is frozen, but for
 * coverage, which may grow, and for arms and KPIs, whose change opens the next epoch in all running regions.
 */
public final class Designs {
    private final Epochs epochs;
    private final AuditLog audit;
    private final Readiness readiness;
    private final Clock wall;
    private final Supplier<String> salts;

    /**
     * @param readiness an arm of a started experiment never gets a version that it finds something missing for
     * @param wall the machine's clock
     * @param salts gives random salts
     */
    public Designs(Epochs epochs, AuditLog audit, Readiness readiness, Clock wall, Supplier<String> salts) {
        this.epochs = epochs;
        this.audit = audit;
        this.readiness = readiness;
        this.wall = wall;
        this.salts = salts;
    }

    /**
     * Makes or changes an experiment; the same document again changes nothing. A salt that it leaves out stays.
     *
     * @throws InvalidInput with every problem of the document
     * @throws Refusal if it changes what is frozen
     */
    public Experiment put(Tx tx, String name, JsonNode json, Cause cause) {
        Optional<Experiment> before = Experiments.find(tx, name);
        ExperimentDocument document = ExperimentDocument.read(
                name, json, () -> before.map(e -> e.document().salt()).orElseGet(salts));
        checkSlot(tx, document);
        if (before.isEmpty()) {
            Experiments.create(tx, document, wall.instant());
            Experiments.saveWaiting(tx, document);
            audit.record(tx, cause, "experiment.create", "experiment/" + name, Map.of("after", document));
        } else if (!before.get().document().equals(document)) {
            change(tx, before.get(), document, cause);
        }
        return Experiments.get(tx, name);
    }

    private static void checkSlot(Tx tx, ExperimentDocument document) {
        SlotDocument slot = Slots.find(tx, document.slot())
                .orElseThrow(() -> new InvalidInput(
                        "slot",
                        "slot '" + document.slot() + "' does not exist; there are "
                                + Slots.all(tx).stream().map(SlotDocument::name).toList()));
        List<List<String>> waves = document.waves();
        for (int wave = 0; wave < waves.size(); wave++) {
            for (String segment : waves.get(wave)) {
                slot.requireSegment("waves[" + wave + "]", segment);
            }
        }
    }

    private void change(Tx tx, Experiment experiment, ExperimentDocument after, Cause cause) {
        ExperimentDocument before = experiment.document();
        if (experiment.isDraft()) {
            Experiments.save(tx, after);
            Experiments.saveWaiting(tx, after);
        } else {
            requireFrozen(before, after);
            changeStarted(tx, experiment, after, cause);
        }
        audit.record(
                tx, cause, "experiment.change", "experiment/" + after.name(), Map.of("before", before, "after", after));
        tx.touched(after.name());
    }

    private static void requireFrozen(ExperimentDocument before, ExperimentDocument after) {
        var frozen = new LinkedHashMap<String, Boolean>();
        frozen.put("slot", before.slot().equals(after.slot()));
        frozen.put("waves", before.waves().equals(after.waves()));
        frozen.put("salt", before.salt().equals(after.salt()));
        frozen.put("max_duration", before.maxDuration().equals(after.maxDuration()));
        List<String> changed = frozen.entrySet().stream()
                .filter(field -> !field.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!changed.isEmpty()) {
            throw Refusal.conflict(
                    "experiment '" + before.name() + "' has started and its design is frozen; only coverage,"
                            + " arms and kpis may change, found other " + String.join(", ", changed)
                            + "; make a new experiment for it");
        }
        if (after.coverage().millionths() < before.coverage().millionths()) {
            throw Refusal.conflict("'coverage': it only ever grows, is " + before.coverage() + ", found "
                    + after.coverage() + "; stop the experiment to end enrolment");
        }
    }

    private void changeStarted(Tx tx, Experiment experiment, ExperimentDocument after, Cause cause) {
        ExperimentDocument before = experiment.document();
        Experiments.save(tx, after);
        boolean otherKpis = !before.kpis().equals(after.kpis());
        if (otherKpis || !before.arms().equals(after.arms())) {
            requireArms(tx, experiment, after);
            String reason = otherKpis ? "other KPIs" : "other arms or another split";
            Experiment changed = Experiments.get(tx, after.name());
            epochs.next(tx, changed, changed.running().toList(), otherKpis, reason, cause);
        } else {
            for (Region.Running region : experiment.running().toList()) {
                Experiments.save(tx, after, region.cover(after.coverage().millionths()));
            }
        }
    }

    private void requireArms(Tx tx, Experiment experiment, ExperimentDocument after) {
        List<String> problems = new ArrayList<>();
        String version = Objects.requireNonNull(after.challenger().version());
        readiness.missing(tx, after.slot(), version).ifPresent(problems::add);
        experiment
                .running()
                .filter(region -> region.current().controlVersion().equals(version))
                .forEach(region -> problems.add("version '" + version + "' is the champion of " + region.segment()));
        if (!problems.isEmpty()) {
            throw Refusal.conflict(String.join("; ", problems));
        }
    }
}
