package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is done to an experiment's regions, by the policy and by people alike: start, stop, promote, roll back. Each also
 * undoes another: a promotion is rolled back; what was rolled back, stopped or inconclusive is started again or promoted.
 */
public final class Lifecycle {
    private final Starting starting;
    private final Champions champions;
    private final EventClock events;
    private final AuditLog audit;

    /** @param champions moves the pointer where a region is promoted or rolled back */
    public Lifecycle(Starting starting, Champions champions, EventClock events, AuditLog audit) {
        this.starting = starting;
        this.champions = champions;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Begins the first wave; or one region ahead of its wave, or again.
     *
     * @param segment null for the first wave
     * @throws Refusal with everything that stands against it
     */
    public void start(Tx tx, String name, @Nullable String segment, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        List<Region> regions;
        if (segment == null) {
            if (!experiment.isDraft()) {
                throw Refusal.conflict("experiment '" + name
                        + "' has started already; name a segment to start it ahead of" + " its wave, or again");
            }
            regions = experiment.regions().stream().filter(r -> r.wave() == 0).toList();
        } else {
            regions = List.of(experiment.region(segment));
        }
        for (Region region : regions) {
            if (region instanceof Region.Running || region instanceof Region.Promoted) {
                throw illegal(experiment, region, "start");
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
        Experiment experiment = Experiments.get(tx, name);
        requireStarted(experiment, "stop");
        Ending ending = Ending.byHand(events.now(tx), cause);
        for (Region region : targets(experiment, segment, "stop", r -> !(r instanceof Region.Ended))) {
            Region stopped = switch (region) {
                case Region.Waiting waiting -> waiting.stop(ending);
                case Region.Running running -> running.stop(ending);
                case Region.Ended ended -> ended;
            };
            end(tx, experiment, region, stopped, "region.stop", cause);
        }
    }

    /**
     * Makes the challenger champion of regions, running or ended.
     *
     * @param segment null for all that run
     */
    public void promote(Tx tx, String name, @Nullable String segment, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        requireStarted(experiment, "promote");
        Predicate<Region> legal = segment == null
                ? Region.Running.class::isInstance
                : r -> r.ran() != null && !(r instanceof Region.Promoted);
        Ending ending = Ending.byHand(events.now(tx), cause);
        for (Region region : targets(experiment, segment, "promote", legal)) {
            promote(tx, experiment, region, ending, cause);
        }
    }

    /**
     * Takes the challenger out of regions that run, and makes the champion before champion again where the challenger was
     * promoted.
     *
     * @param segment null for all that run or were promoted
     */
    public void rollBack(Tx tx, String name, @Nullable String segment, Cause cause) {
        Experiment experiment = Experiments.get(tx, name);
        requireStarted(experiment, "roll back");
        Ending ending = Ending.byHand(events.now(tx), cause);
        Predicate<Region> legal = r -> r instanceof Region.Running || r instanceof Region.Promoted;
        for (Region region : targets(experiment, segment, "roll back", legal)) {
            if (region instanceof Region.Running running) {
                rollBack(tx, experiment, running, ending, cause);
            } else if (region instanceof Region.Promoted promoted) {
                end(tx, experiment, region, promoted.rollBack(ending), "region.roll_back", cause);
                RowEpoch last = promoted.last().current();
                point(tx, experiment, region.segment(), last.controlVersion(), last.challengerVersion(), cause);
            }
        }
    }

    /** Ends a region with its challenger as champion: the pointer moves only if it still names the control. */
    public void promote(Tx tx, Experiment experiment, Region region, Ending ending, Cause cause) {
        Region.Promoted promoted = switch (region) {
            case Region.Running running -> running.promote(ending);
            case Region.RolledBack ended -> ended.promote(ending);
            case Region.Inconclusive ended -> ended.promote(ending);
            case Region.Stopped ended -> ended.promote(ending);
            case Region.Waiting w -> throw illegal(experiment, region, "promote");
            case Region.Promoted p -> throw illegal(experiment, region, "promote");
        };
        // First the row ends, so that the new champion is no change from outside for it.
        end(tx, experiment, region, promoted, "region.promote", cause);
        RowEpoch last = promoted.last().current();
        String expected = region instanceof Region.Running ? last.controlVersion() : null;
        point(tx, experiment, region.segment(), last.challengerVersion(), expected, cause);
    }

    /** Ends a running region; the champion stays. */
    public void rollBack(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        end(tx, experiment, region, region.rollBack(ending), "region.roll_back", cause);
    }

    /** Ends a running region whose time is over; the champion stays. */
    public void endInconclusive(Tx tx, Experiment experiment, Region.Running region, Ending ending, Cause cause) {
        end(tx, experiment, region, region.endInconclusive(ending), "region.inconclusive", cause);
    }

    private void end(Tx tx, Experiment experiment, Region before, Region after, String action, Cause cause) {
        Experiments.save(tx, experiment.document(), after);
        var detail = new LinkedHashMap<String, Object>();
        detail.put("before", before.state());
        detail.put("after", after.state());
        Region.Running ran = after.ran();
        if (ran != null) {
            detail.put("epoch", ran.current());
        }
        if (after instanceof Region.Ended ended) {
            detail.put("ending", ended.ending());
        }
        audit.record(tx, cause, action, Epochs.subject(experiment.name(), after.segment()), detail);
    }

    private void point(
            Tx tx, Experiment experiment, String segment, String version, @Nullable String expected, Cause cause) {
        SlotDocument slot = Slots.get(tx, experiment.document().slot());
        champions.point(tx, slot, segment, version, expected, "champion.set", cause);
    }

    private static List<Region> targets(
            Experiment experiment, @Nullable String segment, String verb, Predicate<Region> legal) {
        if (segment != null) {
            Region region = experiment.region(segment);
            if (!legal.test(region)) {
                throw illegal(experiment, region, verb);
            }
            return List.of(region);
        }
        List<Region> targets = new ArrayList<>(experiment.regions());
        targets.removeIf(legal.negate());
        if (targets.isEmpty()) {
            throw Refusal.conflict("experiment '" + experiment.name() + "' has no region to " + verb + ": "
                    + String.join(
                            ", ",
                            experiment.regions().stream()
                                    .map(r -> r.segment() + " is " + r.state())
                                    .toList()));
        }
        return targets;
    }

    private static void requireStarted(Experiment experiment, String verb) {
        if (experiment.isDraft()) {
            throw Refusal.conflict("cannot " + verb + " experiment '" + experiment.name() + "': it has not started");
        }
    }

    private static Refusal illegal(Experiment experiment, Region region, String verb) {
        return Refusal.conflict("cannot " + verb + " region '" + region.segment() + "' of experiment '"
                + experiment.name() + "': it is " + region.state());
    }
}
