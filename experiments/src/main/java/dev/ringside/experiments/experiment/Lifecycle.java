package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.store.Tx;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to an experiment's regions, by the policy and by people alike. What an order may do in which state is said
 * by {@link Standing}; everything has its undoing.
 */
public final class Lifecycle {
    private final Starting starting;
    private final Transitions transitions;
    private final ProvenHarm harm;
    private final EventClock events;
    private final Readiness readiness;

    /**
     * @param champions moves the pointer where a region is promoted or rolled back
     * @param readiness an act is not offered whose version it finds something missing for
     */
    public Lifecycle(
            Starting starting,
            Epochs epochs,
            Champions champions,
            EventClock events,
            AuditLog audit,
            Readiness readiness) {
        this.starting = starting;
        this.transitions = new Transitions(epochs, champions, events, audit);
        this.harm = new ProvenHarm(transitions);
        this.events = events;
        this.readiness = readiness;
    }

    /**
     * Begins the first wave; or one region ahead of its wave, or again.
     *
     * @param segment null for the first wave
     * @throws Refusal with everything that stands against it
     */
    public void start(Tx tx, String name, @Nullable String segment, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        if (segment == null && !experiment.isDraft()) {
            throw Refusal.conflict("experiment '" + name
                    + "' has started already; name a segment to start it ahead of its wave, or again");
        }
        List<Region> regions = segment == null ? experiment.wave(0) : List.of(experiment.region(segment));
        for (Region region : regions) {
            if (!experiment.standing(region).acts().contains(Act.START)) {
                throw Transitions.illegal(experiment, region, Act.START);
            }
        }
        List<String> obstacles = regions.stream()
                .flatMap(r -> starting.obstacles(tx, experiment.document(), r.segment()).stream())
                .distinct()
                .toList();
        if (!obstacles.isEmpty()) {
            throw Refusal.conflict("experiment '" + name + "' cannot start: " + String.join("; ", obstacles));
        }
        boolean again = regions.stream().anyMatch(r -> r.ran() != null);
        starting.begin(tx, experiment, regions, again ? "started again" : "started", cause);
    }

    /**
     * Ends regions without a verdict; the champion stays.
     *
     * @param segment null for all that are not ended
     */
    public void stop(Tx tx, String name, @Nullable String segment, Cause cause) {
        carryOut(tx, name, segment, Act.STOP, cause, transitions::stop);
    }

    /**
     * Makes the challenger champion of regions, running or ended.
     *
     * @param segment null for all that run
     */
    public void promote(Tx tx, String name, @Nullable String segment, Cause cause) {
        carryOut(tx, name, segment, Act.PROMOTE, cause, transitions::promote);
    }

    /**
     * Takes the challenger out of regions that run, and makes the champion before champion again where the challenger was
     * promoted.
     *
     * @param segment null for all that run or were promoted
     */
    public void rollBack(Tx tx, String name, @Nullable String segment, Cause cause) {
        carryOut(tx, name, segment, Act.ROLL_BACK, cause, transitions::rollBack);
    }

    /**
     * Gives everybody the champion, until it is resumed or ended. Cohorts whose window is open are not counted.
     *
     * @param segment null for all that run
     */
    public void pause(Tx tx, String name, @Nullable String segment, Cause cause) {
        carryOut(tx, name, segment, Act.PAUSE, cause, (t, experiment, region, ending, c) -> {
            if (region instanceof Region.Running running) {
                transitions.pause(t, experiment, running, ending, false, c);
            }
        });
    }

    /**
     * Goes on after a pause, in another epoch: of the same comparison where a person or harm elsewhere paused it, of a new
     * one where a look at the region itself did.
     *
     * @param segment null for all that are paused
     * @throws Refusal with everything that stands against it
     */
    public void resume(Tx tx, String name, @Nullable String segment, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        requireStarted(experiment, Act.RESUME);
        List<Region.Paused> paused = targets(experiment, segment, Act.RESUME).stream()
                .filter(Region.Paused.class::isInstance)
                .map(Region.Paused.class::cast)
                .toList();
        List<String> obstacles = paused.stream()
                .flatMap(r -> starting.obstacles(tx, experiment.document(), r.segment()).stream())
                .distinct()
                .toList();
        if (!obstacles.isEmpty()) {
            throw Refusal.conflict("experiment '" + name + "' cannot go on: " + String.join("; ", obstacles));
        }
        transitions.resume(tx, experiment, paused, cause);
    }

    /**
     * Gives the new champion to those too who were held back.
     *
     * @param segment null for all that hold back
     */
    public void endHoldback(Tx tx, String name, @Nullable String segment, Cause cause) {
        carryOut(tx, name, segment, Act.END_HOLDBACK, cause, (t, experiment, region, ending, c) -> {
            if (region instanceof EndedRegion.Promoted promoted) {
                transitions.endHoldback(t, experiment, promoted, ending, c);
            }
        });
    }

    /** What can be done to a region now: what its state allows and nothing else stands against. */
    public List<Act> acts(Tx tx, Experiment experiment, Region region) {
        return experiment.standing(region).acts().stream()
                .filter(act -> act != Act.STOP || !experiment.isDraft())
                .filter(act -> isOpen(tx, experiment, region, act))
                .toList();
    }

    /** What can be done to an experiment without naming a region. */
    public List<Act> acts(Tx tx, Experiment experiment) {
        if (experiment.isDraft()) {
            boolean startable = experiment.wave(0).stream()
                    .allMatch(r -> starting.obstacles(tx, experiment.document(), r.segment())
                            .isEmpty());
            return startable ? List.of(Act.START, Act.DELETE) : List.of(Act.DELETE);
        }
        return EnumSet.complementOf(EnumSet.of(Act.START, Act.DELETE)).stream()
                .filter(act -> {
                    List<Region> targets = matching(experiment, act);
                    return !targets.isEmpty() && targets.stream().allMatch(r -> isOpen(tx, experiment, r, act));
                })
                .toList();
    }

    private boolean isOpen(Tx tx, Experiment experiment, Region region, Act act) {
        return switch (act) {
            case START, RESUME ->
                starting.obstacles(tx, experiment.document(), region.segment()).isEmpty();
            case PROMOTE -> isReady(tx, experiment, region, true);
            case ROLL_BACK -> !(region instanceof EndedRegion) || isReady(tx, experiment, region, false);
            case STOP, PAUSE, END_HOLDBACK, DELETE -> true;
        };
    }

    private boolean isReady(Tx tx, Experiment experiment, Region region, boolean challenger) {
        Region.Running ran = region.ran();
        if (ran == null) {
            return false;
        }
        RowEpoch row = ran.current();
        String version = challenger ? row.challengerVersion() : row.controlVersion();
        return Versions.has(tx, experiment.document().slot(), version)
                && readiness.missing(tx, experiment.document().slot(), version).isEmpty();
    }

    /** Ends a region with its challenger as champion: the pointer moves only if it still names the control. */
    public void promote(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        transitions.promote(tx, experiment, region, ending, cause);
    }

    /** Takes the challenger out of a region; where it was promoted the champion before is champion again. */
    public void rollBack(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        transitions.rollBack(tx, experiment, region, ending, cause);
    }

    /**
     * Does what a look's proof of harm leads to: the challenger goes, or everybody gets the champion until a person decides,
     * as the document says; and in other regions that try the same version what theirs says.
     */
    public void harm(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        switch (experiment.document().harmAction()) {
            case ROLL_BACK -> transitions.rollBack(tx, experiment, region, ending, cause);
            case PAUSE -> transitions.pause(tx, experiment, region, ending, true, cause);
        }
        harm.record(tx, experiment, region, ending);
    }

    /** Does the same in a region that is paused: nobody has the challenger there, and to go on is a person's decision that knows of it. */
    public void harm(Tx tx, Experiment experiment, Region.Paused region, Ending ending, Cause cause) {
        Proof before = region.proof();
        if (before != null && before.proven() == Proof.Proven.WORSE) {
            return;
        }
        switch (experiment.document().harmAction()) {
            case ROLL_BACK -> transitions.rollBack(tx, experiment, region, ending, cause);
            case PAUSE -> transitions.harmed(tx, experiment, region, ending, cause);
        }
        harm.record(tx, experiment, region.last(), ending);
    }

    /** Does what a proof of harm behind a promotion leads to: the champion before is champion again. */
    public void harm(Tx tx, Experiment experiment, EndedRegion.Promoted region, Ending ending, Cause cause) {
        transitions.rollBack(tx, experiment, region, ending, cause);
        harm.record(tx, experiment, region.last(), ending);
    }

    /** Gives everybody of a running region the champion, because a look says so; to go on begins a new comparison. */
    public void pause(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        transitions.pause(tx, experiment, region, ending, false, cause);
    }

    /** Ends a running region whose time is over; the champion stays. */
    public void endInconclusive(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        transitions.endInconclusive(tx, experiment, region, ending, cause);
    }

    /** Ends the holdback of a region whose time is over; what is in grace is still looked at. */
    void holdbackIsUp(Tx tx, Experiment experiment, EndedRegion.Promoted region, Cause cause) {
        transitions.holdbackIsUp(tx, experiment, region, Ending.without(events.now(tx), cause), cause);
    }

    /** Lets go of the segment of a region whose holdback has ended and been looked at to its last cohort. */
    public void holdbackHasClosed(Tx tx, Experiment experiment, EndedRegion.Promoted region, Cause cause) {
        transitions.holdbackHasClosed(tx, experiment, region, Ending.without(events.now(tx), cause));
    }

    private interface Order {
        void carryOut(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause);
    }

    private void carryOut(Tx tx, String name, @Nullable String segment, Act act, Cause cause, Order order) {
        Experiment experiment = Experiments.get(tx, name);
        requireStarted(experiment, act);
        Ending ending = Ending.without(events.now(tx), cause);
        for (Region region : targets(experiment, segment, act)) {
            order.carryOut(tx, experiment, region, ending, cause);
        }
    }

    /** The regions that an order without a segment is about. */
    private static List<Region> matching(Experiment experiment, Act act) {
        return experiment.regions().stream()
                .filter(region -> experiment.standing(region).acts().contains(act))
                .filter(region -> act != Act.PROMOTE || region instanceof Region.Running)
                .filter(region -> act != Act.START)
                .toList();
    }

    private static List<Region> targets(Experiment experiment, @Nullable String segment, Act act) {
        if (segment != null) {
            Region region = experiment.region(segment);
            if (!experiment.standing(region).acts().contains(act)) {
                throw Transitions.illegal(experiment, region, act);
            }
            return List.of(region);
        }
        List<Region> targets = matching(experiment, act);
        if (targets.isEmpty()) {
            throw Refusal.conflict("experiment '" + experiment.name() + "' has no region to " + act.words() + ": "
                    + String.join(
                            ", ",
                            experiment.regions().stream()
                                    .map(r -> r.segment() + " is "
                                            + experiment.standing(r).state())
                                    .toList()));
        }
        return targets;
    }

    private static void requireStarted(Experiment experiment, Act act) {
        if (experiment.isDraft()) {
            throw Refusal.conflict(
                    "cannot " + act.words() + " experiment '" + experiment.name() + "': it has not started");
        }
    }
}
