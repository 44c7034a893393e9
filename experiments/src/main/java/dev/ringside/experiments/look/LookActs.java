package dev.ringside.experiments.look;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Ending;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does what looks decide. Harm and alarms act at once. A promotion is decided by its look and done as soon as nothing
 * stands in its way: meanwhile its region is watched like any other, and may be rolled back.
 */
final class LookActs {
    private final Lifecycle lifecycle;
    private final Readiness readiness;
    private final Fleet fleet;
    private final AuditLog audit;
    private final EventClock events;

    LookActs(Lifecycle lifecycle, Readiness readiness, Fleet fleet, AuditLog audit, EventClock events) {
        this.lifecycle = lifecycle;
        this.readiness = readiness;
        this.fleet = fleet;
        this.audit = audit;
        this.events = events;
    }

    /**
     * A promotion that is decided and not done.
     *
     * @param passing whether it is only for a moment, so that who waits for all decisions waits for it
     */
    record Held(String segment, String reason, boolean passing) {}

    /**
     * Does what one look decided.
     *
     * @param look its id
     * @param before the verdict of the look before it
     */
    void looked(Tx tx, Experiment experiment, DueLook due, Verdict verdict, String look, String before) {
        switch (verdict) {
            case Verdict.RollBack rollBack -> harm(tx, experiment, due, rollBack, look);
            case Verdict.Pause pause -> pause(tx, experiment, due, pause, look, before);
            case Verdict.Continue _ -> auditChange(tx, due, verdict, look, before);
            case Verdict.Blocked _ -> auditChange(tx, due, verdict, look, before);
            // Done by settle, where nothing stands in the way.
            case Verdict.Promote _ -> {}
            case Verdict.Inconclusive _ -> {}
        }
    }

    private void harm(Tx tx, Experiment experiment, DueLook due, Verdict verdict, String look) {
        var cause = new Cause(Actor.POLICY, verdict.sentence());
        Ending ending = ending(tx, due.at(), look, verdict);
        switch (experiment.region(due.series().first().segment())) {
            case Region.Running running -> lifecycle.harm(tx, experiment, running, ending, cause);
            case Region.Paused paused -> lifecycle.harm(tx, experiment, paused, ending, cause);
            case EndedRegion.Promoted promoted -> lifecycle.harm(tx, experiment, promoted, ending, cause);
            case Region.Waiting _ -> {}
            case EndedRegion.RolledBack _ -> {}
            case EndedRegion.Inconclusive _ -> {}
            case EndedRegion.Stopped _ -> {}
        }
    }

    private void pause(Tx tx, Experiment experiment, DueLook due, Verdict verdict, String look, String before) {
        if (experiment.region(due.series().first().segment()) instanceof Region.Running running) {
            lifecycle.pause(
                    tx,
                    experiment,
                    running,
                    ending(tx, due.at(), look, verdict),
                    new Cause(Actor.POLICY, verdict.sentence()));
        } else {
            auditChange(tx, due, verdict, look, before);
        }
    }

    /** Does in each region what a look for promotion decided; returns what stands in the way. */
    List<Held> settle(Tx tx, String name, Series series, Look look) {
        Verdict verdict = look.record().decision().verdict();
        var held = new ArrayList<Held>();
        for (Comparison member : series.members()) {
            // Read anew: what is done to one region may do something to the others.
            Experiment experiment = Experiments.get(tx, name);
            if (!(experiment.region(member.segment()) instanceof Region.Running running)
                    || !Comparison.last(running).beganWith(member)) {
                continue;
            }
            Ending ending = ending(tx, look.at(), look.id(), verdict);
            var cause = new Cause(Actor.POLICY, verdict.sentence());
            switch (verdict) {
                case Verdict.Promote _ ->
                    promote(tx, experiment, running, member, ending, cause).ifPresent(held::add);
                case Verdict.Inconclusive _ -> lifecycle.endInconclusive(tx, experiment, running, ending, cause);
                case Verdict.RollBack _ -> {}
                case Verdict.Continue _ -> {}
                case Verdict.Blocked _ -> {}
                case Verdict.Pause _ -> {}
            }
        }
        return held;
    }

    private Optional<Held> promote(
            Tx tx, Experiment experiment, Region.Running running, Comparison member, Ending ending, Cause cause) {
        Series watch =
                Series.region(experiment.document(), Question.WATCH, member, Looks.definitions(tx, experiment.name()));
        Optional<Look> veto = LookStore.latest(tx, watch.key())
                .filter(made ->
                        !made.verdict().equals("continue") && !made.verdict().equals("promote"))
                .map(made -> LookStore.get(tx, made.id()));
        if (veto.isPresent()) {
            String why = veto.get().record().decision().verdict().reasons().getFirst();
            if (Looks.due(tx, watch).isEmpty()) {
                lifecycle.endInconclusive(
                        tx, experiment, running, ending, new Cause(Actor.POLICY, "Not promoted: " + why));
                return Optional.empty();
            }
            return Optional.of(
                    new Held(member.segment(), "promotion is vetoed by the region's own look: " + why, false));
        }
        Optional<String> passing = fleet.fullSpools().stream()
                .findFirst()
                .or(() -> readiness.missing(
                        tx, experiment.document().slot(), running.current().challengerVersion()));
        if (passing.isPresent()) {
            return Optional.of(new Held(member.segment(), "promotion waits: " + passing.get(), true));
        }
        lifecycle.promote(tx, experiment, running, ending, cause);
        return Optional.empty();
    }

    private Ending ending(Tx tx, Instant decidedAt, String look, Verdict verdict) {
        return new Ending(events.now(tx), decidedAt, look, Actor.POLICY, verdict.sentence());
    }

    private void auditChange(Tx tx, DueLook due, Verdict verdict, String look, String before) {
        if (!verdict.name().equals(before)) {
            Series.Key series = due.series().key();
            audit.record(
                    tx,
                    new Cause(Actor.POLICY, verdict.sentence()),
                    "region.verdict",
                    "experiment/" + series.experiment() + "/" + series.place(),
                    Map.of("before", before, "after", verdict.name(), "look", look));
        }
    }
}
