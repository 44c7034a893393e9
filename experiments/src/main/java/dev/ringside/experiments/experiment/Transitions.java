package dev.ringside.experiments.experiment;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One region from one state to the next: what is kept, audited and pointed at with it. Whether it is legal is asked before. */
final class Transitions {
    private static final String PROMOTE = "region.promote";
    private static final String ROLL_BACK = "region.roll_back";

    private final Epochs epochs;
    private final Champions champions;
    private final EventClock events;
    private final AuditLog audit;

    Transitions(Epochs epochs, Champions champions, EventClock events, AuditLog audit) {
        this.epochs = epochs;
        this.champions = champions;
        this.events = events;
        this.audit = audit;
    }

    void promote(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        EndedRegion.Promoted promoted = switch (region) {
            case Region.Running running -> running.promote(ending, holdback(tx, experiment, running));
            case Region.Paused paused -> paused.promote(ending, holdback(tx, experiment, paused.last()));
            case EndedRegion.Promoted overruled ->
                new EndedRegion.Promoted(overruled.last(), ending, overruled.proven(), overruled.holdback());
            case EndedRegion.RolledBack ended -> ended.promote(ending, holdback(tx, experiment, ended.last()));
            case EndedRegion.Inconclusive ended -> ended.promote(ending, holdback(tx, experiment, ended.last()));
            case EndedRegion.Stopped ended -> ended.promote(ending, holdback(tx, experiment, ended.last()));
            case Region.Waiting w -> throw new IllegalStateException("'" + w.segment() + "' never ran");
        };
        // First the row ends, so that the new champion is no change from outside for it.
        save(tx, experiment, region, promoted, PROMOTE, cause);
        RowEpoch last = promoted.last().current();
        String expected = region instanceof Region.Running ? last.controlVersion() : null;
        point(tx, experiment, region.segment(), last.challengerVersion(), expected, PROMOTE, cause);
    }

    /** What keeps the old champion for some; null where the document wants nothing, or another is champion by now. */
    private @Nullable Holdback holdback(Tx tx, Experiment experiment, Region.@Nullable Running last) {
        Holdback.Plan plan = experiment.document().holdback();
        Instant now = events.now(tx);
        if (plan == null || last == null || now == null) {
            return null;
        }
        RowEpoch before = last.current();
        String champion = Champions.current(tx, experiment.document().slot(), last.segment());
        if (!before.controlVersion().equals(champion)) {
            return null;
        }
        long total = before.arms().stream().mapToLong(RoutingRow.Arm::weight).sum();
        double controlShare = (double) before.arms().getFirst().weight() / total;
        int ofControl = (int)
                Math.min(RoutingRow.ALL, Math.max(1, Math.round(plan.share().millionths() / controlShare)));
        List<RoutingRow.Arm> arms = before.arms().stream()
                .map(arm -> new RoutingRow.Arm(
                        arm.variant(),
                        arm.version(),
                        millionths(arm, before.arms().getFirst(), ofControl, total)))
                .toList();
        Instant until = now.plus(plan.duration());
        RowEpoch epoch = new RowEpoch(
                epochs.openHoldback(tx, experiment.document()),
                now,
                true,
                before.coverageMillionths(),
                arms,
                "held back after the promotion",
                before.attempt(),
                null,
                until,
                null);
        return new Holdback(
                epoch,
                before.epoch(),
                ofControl,
                until.plus(experiment.document().longestWindow()));
    }

    /** Which share of all units an arm gets while the old champion is held back. */
    private static int millionths(RoutingRow.Arm arm, RoutingRow.Arm control, int ofControl, long total) {
        double share = (double) arm.weight() / total;
        double part = arm.equals(control) ? share * ofControl / RoutingRow.ALL : share;
        return (int) Math.max(1, Math.round(part * RoutingRow.ALL));
    }

    void rollBack(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        EndedRegion.RolledBack rolledBack = switch (region) {
            case Region.Running running -> running.rollBack(ending);
            case Region.Paused paused -> paused.rollBack(ending);
            case EndedRegion.Promoted promoted -> promoted.endHoldback(ending).rollBack(ending);
            case EndedRegion.RolledBack overruled ->
                new EndedRegion.RolledBack(overruled.last(), ending, overruled.proven(), overruled.holdback());
            case EndedRegion.Inconclusive overruled -> overruled.rollBack(ending);
            case EndedRegion.Stopped overruled -> overruled.rollBack(ending);
            case Region.Waiting w -> throw new IllegalStateException("'" + w.segment() + "' never ran");
        };
        save(tx, experiment, region, rolledBack, ROLL_BACK, cause);
        if (region instanceof EndedRegion) {
            RowEpoch last = rolledBack.last().current();
            SlotDocument slot = Slots.get(tx, experiment.document().slot());
            champions.pointBack(
                    tx, slot, region.segment(), last.controlVersion(), last.challengerVersion(), ROLL_BACK, cause);
        }
    }

    void endInconclusive(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        save(tx, experiment, region, region.endInconclusive(ending), "region.inconclusive", cause);
    }

    void stop(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        Region stopped = switch (region) {
            case Region.Waiting waiting -> waiting.stop(ending);
            case Region.Running running -> running.stop(ending);
            case Region.Paused paused -> paused.stop(ending);
            case EndedRegion ended -> ended;
        };
        save(tx, experiment, region, stopped, "region.stop", cause);
    }

    /** @param harmed whether a look at this region paused it because harm is proven */
    void pause(Tx tx, Experiment experiment, Region.Running region, Ending why, boolean harmed, Cause cause) {
        Region.Paused paused = region.pause(why);
        save(tx, experiment, region, harmed ? paused.provenWorse() : paused, "region.pause", cause);
    }

    /** Keeps that harm was proven while it was paused. */
    void harmed(Tx tx, Experiment experiment, Region.Paused region, Ending why, Cause cause) {
        Region.Paused harmed = new Region.Paused(region.last(), why, region.proven()).provenWorse();
        save(tx, experiment, region, harmed, "region.pause", cause);
    }

    void resume(Tx tx, Experiment experiment, List<Region.Paused> regions, Cause cause) {
        ExperimentDocument document = experiment.document();
        int epoch = epochs.open(tx, document);
        for (Region.Paused paused : regions) {
            String segment = paused.segment();
            RowEpoch row = paused.beginsAfresh()
                    ? epochs.first(tx, document, segment, epoch, true, "resumed afresh")
                    : epochs.following(
                            tx,
                            document,
                            paused.last(),
                            epoch,
                            experiment.isWholeWave(paused.wave(), regions),
                            "resumed");
            save(tx, experiment, paused, paused.resume(row), "region.resume", cause);
        }
    }

    void endHoldback(Tx tx, Experiment experiment, EndedRegion.Promoted region, Ending ending, Cause cause) {
        save(tx, experiment, region, region.endHoldback(ending), "region.end_holdback", cause);
    }

    void holdbackIsUp(Tx tx, Experiment experiment, EndedRegion.Promoted region, Ending ending, Cause cause) {
        save(tx, experiment, region, region.holdbackIsUp(ending), "region.end_holdback", cause);
    }

    /** Nothing of what was held back is still to be looked at. That is no act, so it is not audited. */
    void holdbackHasClosed(Tx tx, Experiment experiment, EndedRegion.Promoted region, Ending ending) {
        Experiments.save(tx, experiment.document(), region.endHoldback(ending));
    }

    private void save(Tx tx, Experiment experiment, Region before, Region after, String action, Cause cause) {
        Experiments.save(tx, experiment.document(), after);
        var detail = new LinkedHashMap<String, Object>();
        detail.put("before", before.state());
        detail.put("after", after.state());
        Region.Running ran = after.ran();
        if (ran != null) {
            detail.put("epoch", ran.current());
        }
        if (after instanceof EndedRegion ended) {
            detail.put("ending", ended.ending());
        }
        audit.record(tx, cause, action, Epochs.subject(experiment.name(), after.segment()), detail);
    }

    private void point(
            Tx tx,
            Experiment experiment,
            String segment,
            String version,
            @Nullable String expected,
            String act,
            Cause cause) {
        SlotDocument slot = Slots.get(tx, experiment.document().slot());
        champions.point(tx, slot, segment, version, expected, act, cause);
    }

    static Refusal illegal(Experiment experiment, Region region, Act act) {
        Standing standing = experiment.standing(region);
        List<String> legal = standing.acts().stream().map(Act::words).toList();
        return Refusal.conflict("cannot " + act.words() + " region '" + region.segment() + "' of experiment '"
                + experiment.name() + "': it is " + standing.state() + "; what can be done is: "
                + String.join(", ", legal));
    }
}
