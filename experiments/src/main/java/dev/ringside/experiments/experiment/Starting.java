package dev.ringside.experiments.experiment;

import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.Experiments.Held;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Readiness;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Beginning a region: what must be in place for it, and the first epoch of its row. */
public final class Starting {
    private final Epochs epochs;
    private final EventClock events;
    private final AuditLog audit;
    private final Readiness readiness;

    /** @param readiness no region begins with a version that it finds something missing for */
    public Starting(Epochs epochs, EventClock events, AuditLog audit, Readiness readiness) {
        this.epochs = epochs;
        this.events = events;
        this.audit = audit;
        this.readiness = readiness;
    }

    /** What stands against beginning a region now, as sentences; empty if nothing does. */
    public List<String> obstacles(Tx tx, ExperimentDocument document, String segment) {
        var obstacles = new ArrayList<String>();
        SlotDocument slot = Slots.get(tx, document.slot());
        if (!slot.hasSegment(segment)) {
            obstacles.add("slot '" + slot.name() + "' has no segment " + segment + " any more; it has "
                    + String.join(", ", slot.segments()) + (slot.segments().isEmpty() ? "" : " and ")
                    + SlotRoutes.OTHER);
        }
        for (Held held : Experiments.holding(tx, document.slot())) {
            boolean itself = held.experiment().equals(document.name());
            if (held.region().segment().equals(segment) && !itself) {
                obstacles.add(segment + " is taken by experiment '" + held.experiment() + "'" + how(held));
            }
        }
        String challenger = Objects.requireNonNull(document.challenger().version());
        readiness.missing(tx, document.slot(), challenger).ifPresent(obstacles::add);
        String champion = Champions.current(tx, document.slot(), segment);
        if (champion == null) {
            obstacles.add(segment + " has no champion; POST /api/slots/" + document.slot() + "/champion first");
            return obstacles;
        }
        readiness.missing(tx, document.slot(), champion).ifPresent(obstacles::add);
        if (champion.equals(challenger)) {
            obstacles.add("version '" + challenger + "' is already the champion of " + segment);
        }
        String control = document.arms().getFirst().version();
        if (control != null && !control.equals(champion)) {
            obstacles.add("the control is to be '" + control + "', but the champion of " + segment + " is '" + champion
                    + "'");
        }
        return obstacles;
    }

    private static String how(Held held) {
        if (!(held.region() instanceof EndedRegion.Promoted promoted) || promoted.holdback() == null) {
            return "";
        }
        String what = promoted.holdsBack()
                ? ", which holds the old champion back until "
                        + promoted.holdback().endsAt()
                : ", which held the old champion back and looks at the last of it when its grace is over";
        return what + "; end that with POST /api/experiments/" + held.experiment() + "/end-holdback";
    }

    /** Begins regions, all at the same time and in the same epoch; nothing may stand against it. */
    void begin(Tx tx, Experiment experiment, List<Region> regions, String reason, Cause cause) {
        ExperimentDocument document = experiment.document();
        // Units that a region enrolled before it ended must not be counted again, so it begins again in a new epoch.
        boolean again = regions.stream().anyMatch(r -> r.ran() != null);
        // The last epoch may be that of a holdback, which no other region belongs in.
        boolean shared = experiment.regions().stream()
                .map(Region::ran)
                .anyMatch(ran -> ran != null && ran.current().epoch() == experiment.lastEpoch());
        int epoch = again || !shared ? epochs.open(tx, document) : experiment.lastEpoch();
        for (Region region : regions) {
            boolean apart = experiment.beginsApart(region.wave(), regions);
            RowEpoch row = epochs.first(tx, document, region.segment(), epoch, apart, reason);
            Region.Running running = switch (region) {
                case Region.Waiting waiting -> waiting.start(row);
                case Region.Running already -> already;
                case Region.Paused paused ->
                    throw new IllegalStateException("region '" + paused.segment() + "' is paused and is resumed");
                case EndedRegion ended -> ended.reopen(row);
            };
            Experiments.save(tx, document, running);
            audit.record(
                    tx,
                    cause,
                    "region.start",
                    Epochs.subject(document.name(), region.segment()),
                    Map.of("epoch", row, "wave", region.wave()));
        }
        if (experiment.isDraft()) {
            Experiments.started(tx, document.name(), events.require(tx));
        }
    }
}
