package dev.ringside.experiments.experiment;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.Experiments.RunningRow;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.SlotWatcher;
import dev.ringside.experiments.store.Outbox;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens epochs: numbered over a whole experiment, each with a definition that is published before any table that routes
 * to it. A champion that is changed from outside, or another way of splitting requests into segments, opens one too.
 */
public final class Epochs implements SlotWatcher {
    private final EventClock events;
    private final AuditLog audit;

    /** Opens epochs at the time of a clock. */
    public Epochs(EventClock events, AuditLog audit) {
        this.events = events;
        this.audit = audit;
    }

    /** Opens the next epoch of an experiment and returns its number. */
    int open(Tx tx, ExperimentDocument document, int last) {
        int epoch = last + 1;
        EpochDefinition definition = document.definition(epoch);
        tx.update("UPDATE experiments SET last_epoch = ? WHERE name = ?", epoch, document.name());
        tx.update(
                "INSERT INTO epochs (experiment, epoch, definition) VALUES (?, ?, ?)",
                document.name(),
                epoch,
                Json.write(definition));
        publish(tx, definition);
        return epoch;
    }

    /** Publishes a definition, once more if need be. */
    public static void publish(Tx tx, EpochDefinition definition) {
        Outbox.add(tx, "definition/" + definition.experiment() + "/" + definition.epoch(), Json.write(definition));
    }

    /**
     * The row with which a segment enters an epoch, against its present champion.
     *
     * @throws Refusal if the segment has no champion
     */
    RowEpoch row(
            Tx tx, ExperimentDocument document, String segment, int epoch, Instant now, boolean fresh, String reason) {
        String control = Champions.current(tx, document.slot(), segment);
        if (control == null) {
            throw Refusal.conflict("segment '" + segment + "' of slot '" + document.slot() + "' has no champion yet");
        }
        List<RoutingRow.Arm> arms = new ArrayList<>();
        for (ExperimentDocument.Arm arm : document.arms()) {
            String own = arm.version();
            boolean isControl = arm.variant().equals(ExperimentDocument.CONTROL);
            arms.add(new RoutingRow.Arm(arm.variant(), isControl || own == null ? control : own, arm.weight()));
        }
        return new RowEpoch(epoch, now, fresh, document.coverage().millionths(), arms, reason);
    }

    /** Lets running regions enter the next epoch, all of them the same one. */
    void next(
            Tx tx, Experiment experiment, List<Region.Running> regions, boolean otherKpis, String reason, Cause cause) {
        int epoch = open(tx, experiment.document(), experiment.lastEpoch());
        Instant now = events.require(tx);
        for (Region.Running region : regions) {
            RowEpoch same = row(tx, experiment.document(), region.segment(), epoch, now, false, reason);
            boolean fresh = otherKpis || !same.comparesWith(region.current());
            RowEpoch row = new RowEpoch(epoch, now, fresh, same.coverageMillionths(), same.arms(), reason);
            Experiments.save(tx, experiment.document(), region.enter(row));
            audit.record(
                    tx,
                    cause,
                    "region.next_epoch",
                    subject(experiment.name(), region.segment()),
                    Map.of("epoch", epoch, "reason", reason, "before", region.current(), "after", row));
        }
    }

    static String subject(String experiment, String segment) {
        return "experiment/" + experiment + "/" + segment;
    }

    @Override
    public void championChanged(Tx tx, String slot, String segment, Cause cause) {
        var affected = new TreeMap<String, List<Region.Running>>();
        for (RunningRow row : Experiments.running(tx, slot)) {
            RowEpoch current = row.region().current();
            String champion = Champions.current(tx, slot, row.region().segment());
            if (champion == null || champion.equals(current.controlVersion())) {
                continue;
            }
            if (champion.equals(current.challengerVersion())) {
                throw Refusal.conflict("version '" + champion + "' is the challenger of experiment '" + row.experiment()
                        + "' in " + row.region().segment() + "; promote it there: POST /api/experiments/"
                        + row.experiment() + "/promote {\"segment\": \""
                        + row.region().segment() + "\"}");
            }
            affected.computeIfAbsent(row.experiment(), e -> new ArrayList<>()).add(row.region());
        }
        affected.forEach((experiment, regions) -> next(
                tx, Experiments.get(tx, experiment), regions, false, "the champion was changed from outside", cause));
    }

    @Override
    public void slotChanged(Tx tx, SlotDocument before, SlotDocument after, Cause cause) {
        for (String segment : Experiments.registeredSegments(tx, before.name())) {
            if (!after.hasSegment(segment)) {
                throw Refusal.conflict(
                        "'segments': \"" + segment + "\" is in use by an experiment; stop it there first");
            }
        }
        List<RunningRow> rows = Experiments.running(tx, before.name());
        if (rows.isEmpty()) {
            return;
        }
        if (!before.layerSalt().equals(after.layerSalt())) {
            throw Refusal.conflict("'layer_salt': it decides which units are covered, and "
                    + rows.getFirst().experiment() + " is running; leave it as \"" + before.layerSalt() + "\"");
        }
        Set<String> moved = movedSegments(before, after);
        var affected = new TreeMap<String, List<Region.Running>>();
        rows.stream()
                .filter(row -> moved.contains(row.region().segment()))
                .forEach(row -> affected.computeIfAbsent(row.experiment(), e -> new ArrayList<>())
                        .add(row.region()));
        affected.forEach((experiment, regions) ->
                next(tx, Experiments.get(tx, experiment), regions, false, "units move between segments", cause));
    }

    /** The segments whose units are others than before. */
    private static Set<String> movedSegments(SlotDocument before, SlotDocument after) {
        var moved = new HashSet<String>();
        if (!before.segmentAttribute().equals(after.segmentAttribute())) {
            moved.addAll(after.segments());
            moved.add(SlotRoutes.OTHER);
        } else if (!Set.copyOf(before.segments()).equals(Set.copyOf(after.segments()))) {
            moved.add(SlotRoutes.OTHER);
        }
        return moved;
    }
}
