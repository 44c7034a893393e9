package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.util.List;

/** Begins the next wave of each experiment as soon as the one before has earned it. */
public final class Waves {
    private static final Cause CAUSE = new Cause(Actor.POLICY, "the wave before is decided and promoted somewhere");

    private final Starting starting;

    /** Begins regions by the same rules as a person's order. */
    public Waves(Starting starting) {
        this.starting = starting;
    }

    /** Begins whatever is due and can; a region that cannot yet waits, and is tried at the next step. */
    public void run(Store store) {
        if (store.read(
                tx -> Experiments.open(tx).stream().noneMatch(e -> !due(tx, e).isEmpty()))) {
            return;
        }
        store.write(tx -> {
            for (Experiment experiment : Experiments.open(tx)) {
                List<Region> due = due(tx, experiment);
                if (!due.isEmpty()) {
                    starting.begin(
                            tx, experiment, due, "wave " + (due.getFirst().wave() + 1), CAUSE);
                }
            }
            return null;
        });
    }

    private List<Region> due(Tx tx, Experiment experiment) {
        return experiment.regions().stream()
                .filter(r -> r instanceof Region.Waiting && experiment.waveIsDue(r.wave()))
                .filter(r -> starting.obstacles(tx, experiment.document(), r.segment())
                        .isEmpty())
                .toList();
    }
}
