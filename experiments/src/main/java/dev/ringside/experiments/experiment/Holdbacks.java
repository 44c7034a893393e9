package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;

/** Ends holdbacks whose time is over. */
public final class Holdbacks {
    private static final Cause CAUSE = new Cause(Actor.POLICY, "the holdback's time is over");

    private final Lifecycle lifecycle;
    private final EventClock events;

    /** Ends them by the time that events carry. */
    public Holdbacks(Lifecycle lifecycle, EventClock events) {
        this.lifecycle = lifecycle;
        this.events = events;
    }

    private record Over(String experiment, EndedRegion.Promoted region) {}

    /** Ends whatever is over. */
    public void run(Store store) {
        if (store.read(this::over).isEmpty()) {
            return;
        }
        store.write(tx -> {
            for (Over over : over(tx)) {
                lifecycle.holdbackIsUp(tx, Experiments.get(tx, over.experiment()), over.region(), CAUSE);
            }
            return null;
        });
    }

    private List<Over> over(Tx tx) {
        Instant now = events.now(tx);
        return now == null
                ? List.of()
                : Experiments.holdingBack(tx).stream()
                        .filter(held -> held.region() instanceof EndedRegion.Promoted promoted
                                && promoted.holdback() != null
                                && promoted.holdsBack()
                                && !promoted.holdback().endsAt().isAfter(now))
                        .map(held -> new Over(held.experiment(), (EndedRegion.Promoted) held.region()))
                        .toList();
    }
}
