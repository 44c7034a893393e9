package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Putting an experiment's document. A draft may change in every way. Once it has started its plan is frozen: coverage may
 * grow, the split may change, which opens the next epoch in all running regions, and so may what it says about itself.
 */
public final class Designs {
    private final Epochs epochs;
    private final AuditLog audit;
    private final Clock wall;
    private final Supplier<String> salts;

    /**
     * @param wall the machine's clock
     * @param salts gives random salts
     */
    public Designs(Epochs epochs, AuditLog audit, Clock wall, Supplier<String> salts) {
        this.epochs = epochs;
        this.audit = audit;
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
                name,
                json,
                () -> before.map(e -> e.document().salt()).orElseGet(salts),
                before.filter(e -> !e.isDraft()).map(Experiment::document).orElse(null),
                slots(tx));
        if (before.isEmpty() || before.get().isDraft()) {
            requireNoneRefused(tx, document);
        }
        if (before.isEmpty()) {
            Experiments.create(tx, document, wall.instant());
            Experiments.saveWaiting(tx, document);
            audit.record(tx, cause, "experiment.create", "experiment/" + name, Map.of("after", document));
        } else if (!before.get().document().equals(document)) {
            change(tx, before.get(), document, cause);
        }
        return Experiments.get(tx, name);
    }

    private static DocumentReader.KnownSlots slots(Tx tx) {
        return new DocumentReader.KnownSlots() {
            @Override
            public @Nullable SlotDocument find(String name) {
                return Slots.find(tx, name).orElse(null);
            }

            @Override
            public List<String> names() {
                return Slots.all(tx).stream().map(SlotDocument::name).toList();
            }
        };
    }

    /** A version may be named before it is registered; one that its gates refused never serves. */
    private static void requireNoneRefused(Tx tx, ExperimentDocument document) {
        for (int arm = 0; arm < document.arms().size(); arm++) {
            String version = document.arms().get(arm).version();
            Optional<String> refusal = version == null
                    ? Optional.empty()
                    : Versions.find(tx, document.slot(), version)
                            .flatMap(registered -> registered.manifest().refusal());
            if (refusal.isPresent()) {
                throw new InvalidInput("arms[" + arm + "].version", refusal.get());
            }
        }
    }

    private void change(Tx tx, Experiment experiment, ExperimentDocument after, Cause cause) {
        ExperimentDocument before = experiment.document();
        if (experiment.isDraft()) {
            Experiments.save(tx, after);
            Experiments.saveWaiting(tx, after);
        } else {
            requireFrozen(before, after, cause);
            changeStarted(tx, experiment, after, cause);
        }
        audit.record(
                tx, cause, "experiment.change", "experiment/" + after.name(), Map.of("before", before, "after", after));
        tx.touched(after.name());
    }

    private static void requireFrozen(ExperimentDocument before, ExperimentDocument after, Cause cause) {
        var same = new LinkedHashMap<String, Boolean>();
        same.put("slot", before.slot().equals(after.slot()));
        same.put("waves", before.waves().equals(after.waves()));
        same.put("arms", compared(before).equals(compared(after)));
        same.put("salt", before.salt().equals(after.salt()));
        same.put("kpis", before.kpis().equals(after.kpis()));
        same.put("max_duration", before.maxDuration().equals(after.maxDuration()));
        same.put("scope", before.scope() == after.scope());
        same.put("next_wave", before.nextWave() == after.nextWave());
        same.put("harm_action", before.harmAction() == after.harmAction());
        same.put("harm_elsewhere", before.harmElsewhere() == after.harmElsewhere());
        same.put("holdback", Objects.equals(before.holdback(), after.holdback()));
        List<String> changed = same.entrySet().stream()
                .filter(field -> !field.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!changed.isEmpty()) {
            throw Refusal.conflict("experiment '" + before.name() + "' has started and its plan is frozen, found other "
                    + String.join(", ", changed) + "; only coverage may grow, and the arms' weights, description and"
                    + " owner may change: stop it and put the other plan under another name");
        }
        if (after.coverage().millionths() < before.coverage().millionths()) {
            throw Refusal.conflict("'coverage': it only ever grows, is " + before.coverage() + ", found "
                    + after.coverage() + "; stop the experiment to end enrolment");
        }
        String why = cause.why();
        InvalidInput.require(
                why != null && !why.isBlank(),
                "why",
                "missing: a started experiment is only changed with a reason; add ?why=… to the address");
    }

    private static List<Map.Entry<String, Optional<String>>> compared(ExperimentDocument document) {
        return document.arms().stream()
                .map(arm -> Map.entry(arm.variant(), Optional.ofNullable(arm.version())))
                .toList();
    }

    private void changeStarted(Tx tx, Experiment experiment, ExperimentDocument after, Cause cause) {
        Experiments.save(tx, after);
        if (!experiment.document().arms().equals(after.arms())) {
            Experiment changed = Experiments.get(tx, after.name());
            List<Region.Running> running = changed.running().toList();
            if (!running.isEmpty()) {
                epochs.next(tx, changed, running, "another split: " + cause.why(), cause);
            }
        } else {
            for (Region.Running region : experiment.running().toList()) {
                Experiments.save(tx, after, region.cover(after.coverage().millionths()));
            }
        }
    }

    /**
     * Removes a draft.
     *
     * @throws Refusal if it has started: what was decided stays on record
     */
    public void delete(Tx tx, String name, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        if (!experiment.isDraft()) {
            throw Refusal.conflict("experiment '" + name
                    + "' has started, and what it did stays on record; only a draft is deleted. Stop it instead");
        }
        Experiments.delete(tx, name);
        audit.record(tx, cause, "experiment.delete", "experiment/" + name, Map.of("before", experiment.document()));
    }
}
