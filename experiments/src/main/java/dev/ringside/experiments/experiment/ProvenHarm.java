package dev.ringside.experiments.experiment;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.experiment.Experiments.RunningRow;
import dev.ringside.experiments.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proofs of harm, by the version that was proven harmful: shown wherever it serves, and heeded where it is tried. */
public final class ProvenHarm {
    private final Transitions transitions;

    ProvenHarm(Transitions transitions) {
        this.transitions = transitions;
    }

    /**
     * One proof.
     *
     * @param version the version proven harmful
     * @param experiment in which experiment
     * @param segment in which region
     * @param look by which look
     * @param at the closing that it speaks of, event time
     */
    public record Found(
            String version,
            String experiment,
            String segment,
            String look,
            @Nullable Instant at) {
        /** In one sentence. */
        public String sentence() {
            return "version '" + version + "' was proven harmful in " + segment + " of experiment '" + experiment
                    + "' by look " + look + (at == null ? "" : " at " + at);
        }
    }

    /** What was proven of a version, the last first. */
    public static List<Found> of(Tx tx, String slot, String version) {
        return tx.list(
                """
                SELECT version, experiment, segment, look, at FROM proven_harm WHERE slot = ? AND version = ?
                ORDER BY id DESC LIMIT 20""",
                c -> new Found(
                        c.text("version"),
                        c.text("experiment"),
                        c.text("segment"),
                        c.text("look"),
                        c.instantOrNull("at")),
                slot,
                version);
    }

    /** Keeps what a look at a region has proven, and does what other experiments want done about it in their regions. */
    void record(Tx tx, Experiment experiment, Region.Running region, Ending ending) {
        String look = ending.look();
        if (look == null) {
            return;
        }
        String slot = experiment.document().slot();
        var found = new Found(
                region.current().challengerVersion(), experiment.name(), region.segment(), look, ending.decidedAt());
        tx.update(
                "INSERT INTO proven_harm (slot, version, experiment, segment, look, at) VALUES (?, ?, ?, ?, ?, ?::timestamptz)",
                slot,
                found.version(),
                found.experiment(),
                found.segment(),
                found.look(),
                found.at());
        for (RunningRow row : Experiments.running(tx, slot)) {
            boolean same = row.experiment().equals(experiment.name())
                    && row.region().segment().equals(region.segment());
            if (!same && row.region().current().challengerVersion().equals(found.version())) {
                heed(tx, Experiments.get(tx, row.experiment()), row.region(), ending.at(), found);
            }
        }
    }

    private void heed(Tx tx, Experiment experiment, Region.Running region, @Nullable Instant now, Found found) {
        var cause = new Cause(Actor.POLICY, found.sentence());
        Ending ending = Ending.without(now, cause);
        switch (experiment.document().harmElsewhere()) {
            case WARN -> {}
            case PAUSE -> transitions.pause(tx, experiment, region, ending, false, cause);
            case ROLL_BACK -> transitions.rollBack(tx, experiment, region, ending, cause);
        }
    }
}
