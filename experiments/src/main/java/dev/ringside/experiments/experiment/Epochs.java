package dev.ringside.experiments.experiment;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.Experiments.Held;
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
import org.jspecify.annotations.Nullable;

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
    int open(Tx tx, ExperimentDocument document) {
        return open(tx, document, document.name());
    }

    /**
     * Opens the epoch of a holdback and returns its number. It is counted under a name of its own: a unit that was exposed
     * before the promotion is exposed anew, as its arm is the same as it was.
     */
    int openHoldback(Tx tx, ExperimentDocument document) {
        return open(tx, document, Holdback.countedAs(document.name()));
    }

    private static int open(Tx tx, ExperimentDocument document, String countedAs) {
        int epoch = tx.one(
                        "UPDATE experiments SET last_epoch = last_epoch + 1 WHERE name = ? RETURNING last_epoch",
                        c -> (int) c.number("last_epoch"),
                        document.name())
                .orElseThrow();
        EpochDefinition definition = document.definition(countedAs, epoch);
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
    private static RowEpoch row(
            Tx tx, ExperimentDocument document, String segment, int epoch, Instant now, String reason) {
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
        return new RowEpoch(epoch, now, true, document.coverage().millionths(), arms, reason);
    }

    /**
     * The row with which a segment begins a comparison, counted as an attempt of its two models.
     *
     * @param apart whether it begins apart from its wave
     */
    RowEpoch first(Tx tx, ExperimentDocument document, String segment, int epoch, boolean apart, String reason) {
        Instant now = events.require(tx);
        RowEpoch row = row(tx, document, segment, epoch, now, reason);
        return row.first(Attempts.count(tx, document, segment, row, now), apart, document.maxDuration());
    }

    /**
     * The row with which a region enters an epoch: of the same comparison, if it compares the same.
     *
     * @param whole whether all of its wave enters it
     */
    RowEpoch following(
            Tx tx, ExperimentDocument document, Region.Running region, int epoch, boolean whole, String reason) {
        RowEpoch before = region.current();
        RowEpoch row = row(tx, document, region.segment(), epoch, events.require(tx), reason);
        boolean apart = !whole || Boolean.TRUE.equals(before.apart());
        return row.comparesWith(before)
                ? row.following(before)
                : first(tx, document, region.segment(), epoch, apart, reason);
    }

    /** Lets running regions enter the next epoch, all of them the same one. */
    void next(Tx tx, Experiment experiment, List<Region.Running> regions, String reason, Cause cause) {
        int epoch = open(tx, experiment.document());
        for (Region.Running region : regions) {
            boolean whole = experiment.isWholeWave(region.wave(), regions);
            RowEpoch row = following(tx, experiment.document(), region, epoch, whole, reason);
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
        for (Held held : Experiments.holding(tx, slot)) {
            String champion = Champions.current(tx, slot, held.region().segment());
            switch (held.region()) {
                case Region.Running running -> {
                    if (champion != null && !champion.equals(running.current().controlVersion())) {
                        requireOther(held, running, champion);
                        affected.computeIfAbsent(held.experiment(), e -> new ArrayList<>())
                                .add(running);
                    }
                }
                case Region.Paused paused -> requireOther(held, paused.last(), champion);
                case EndedRegion.Promoted promoted -> {
                    if (!promoted.last().current().challengerVersion().equals(champion)) {
                        endHoldback(tx, held.experiment(), promoted, cause);
                    }
                }
                case Region.Waiting w -> {}
                case EndedRegion.RolledBack r -> {}
                case EndedRegion.Inconclusive i -> {}
                case EndedRegion.Stopped s -> {}
            }
        }
        affected.forEach((experiment, regions) ->
                next(tx, Experiments.get(tx, experiment), regions, "the champion was changed from outside", cause));
    }

    private static void requireOther(Held held, Region.Running region, @Nullable String champion) {
        if (region.current().challengerVersion().equals(champion)) {
            throw Refusal.conflict("version '" + champion + "' is the challenger of experiment '" + held.experiment()
                    + "' in " + region.segment() + "; promote it there: POST /api/experiments/" + held.experiment()
                    + "/promote {\"segment\": \"" + region.segment() + "\", \"why\": …}");
        }
    }

    /** What is held back is compared with the champion, so it ends with it. */
    private void endHoldback(Tx tx, String experiment, EndedRegion.Promoted promoted, Cause cause) {
        var why = new Cause(cause.actor(), "the champion was changed from outside");
        EndedRegion.Promoted after = promoted.endHoldback(Ending.without(events.now(tx), why));
        Experiments.save(tx, Experiments.get(tx, experiment).document(), after);
        audit.record(
                tx,
                why,
                "region.end_holdback",
                subject(experiment, promoted.segment()),
                Map.of(
                        "epoch",
                        promoted.holdback() == null
                                ? 0
                                : promoted.holdback().epoch().epoch()));
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
                next(tx, Experiments.get(tx, experiment), regions, "units move between segments", cause));
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
