package dev.ringside.experiments.look;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Experiment;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.Lifecycle;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.util.List;

/**
 * Lets go of segments whose holdback ended in time once its last cohort, which was in grace then, has been looked at. Until
 * then no other experiment begins there, so that harm that it proves can still be undone.
 */
public final class ClosedHoldbacks {
    private static final Cause CAUSE = new Cause(Actor.POLICY, "the holdback's last cohort has been looked at");

    private final Lifecycle lifecycle;

    /** Lets go of them by the same transitions as a person's order. */
    public ClosedHoldbacks(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    private record Closed(String experiment, EndedRegion.Promoted region) {}

    /** Lets go of all of which no look is to come. */
    public void run(Store store) {
        if (store.read(ClosedHoldbacks::closed).isEmpty()) {
            return;
        }
        store.write(tx -> {
            for (Closed closed : closed(tx)) {
                lifecycle.holdbackHasClosed(tx, Experiments.get(tx, closed.experiment()), closed.region(), CAUSE);
            }
            return null;
        });
    }

    private static List<Closed> closed(Tx tx) {
        return Experiments.holdingBack(tx).stream()
                .filter(held -> held.region() instanceof EndedRegion.Promoted)
                .map(held -> new Closed(held.experiment(), (EndedRegion.Promoted) held.region()))
                .filter(held -> isClosed(tx, held))
                .toList();
    }

    private static boolean isClosed(Tx tx, Closed held) {
        Holdback holdback = held.region().holdback();
        if (holdback == null || holdback.open()) {
            return false;
        }
        Experiment experiment = Experiments.get(tx, held.experiment());
        return Looks.due(
                        tx,
                        Series.holdback(
                                experiment.document(),
                                held.region(),
                                holdback,
                                Looks.definitions(tx, experiment.name())))
                .isEmpty();
    }
}
