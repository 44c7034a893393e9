package dev.ringside.experiments.look;

import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.look.ExperimentCells.ArmPlace;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets go of what was counted of experiments that have ended and whose every cohort has closed, so that memory is bounded
 * by what is open. What is shown of them afterwards, the units that each arm got in all, is kept in the store; their looks
 * hold everything else.
 */
public final class SettledExperiments {
    private SettledExperiments() {}

    private record Settled(String name, int epoch) {}

    /** Tells a ledger what it need not keep; to be called before it is filled. */
    static void forgetAll(Store store, KpiLedger ledger) {
        store.read(tx -> tx.list(
                        "SELECT name, settled_epoch FROM experiments WHERE settled_epoch IS NOT NULL",
                        c -> new Settled(c.text("name"), (int) c.number("settled_epoch"))))
                .forEach(settled -> forget(ledger, settled.name(), settled.epoch()));
    }

    /**
     * Lets go of what has ended and closed since.
     *
     * @return how many experiments that were
     */
    static int settle(Store store, KpiLedger ledger, Set<String> holding) {
        Set<String> candidates = ledger.experiments().stream()
                .map(Holdback::experimentOf)
                .collect(Collectors.toCollection(TreeSet::new));
        candidates.removeAll(holding);
        candidates.removeIf(name -> !ledger.isClosed(name)
                || !ledger.isClosed(Holdback.countedAs(name))
                || !store.read(tx -> hasEnded(tx, name)));
        int count = 0;
        for (String name : candidates) {
            Map<ArmPlace, Long> units = new HashMap<>(ledger.units(name));
            units.putAll(ledger.units(Holdback.countedAs(name)));
            int epoch = store.write(tx -> keep(tx, name, units));
            if (epoch > 0) {
                forget(ledger, name, epoch);
                count++;
            }
        }
        return count;
    }

    private static void forget(KpiLedger ledger, String name, int epoch) {
        ledger.forget(name, epoch);
        ledger.forget(Holdback.countedAs(name), epoch);
    }

    private static boolean hasEnded(Tx tx, String name) {
        return tx.one("SELECT name FROM experiments WHERE name = ? AND state = 'ended'", c -> c.text("name"), name)
                .isPresent();
    }

    /** Keeps the units of an experiment that has ended; returns its last epoch, or 0 if it goes on. */
    private static int keep(Tx tx, String name, Map<ArmPlace, Long> units) {
        int epoch = tx.one(
                        "UPDATE experiments SET settled_epoch = last_epoch WHERE name = ? AND state = 'ended'"
                                + " AND NOT EXISTS (SELECT 1 FROM regions WHERE experiment = name AND holds_segment)"
                                + " RETURNING settled_epoch",
                        c -> (int) c.number("settled_epoch"),
                        name)
                .orElse(0);
        if (epoch > 0) {
            units.forEach((arm, count) -> tx.update("""
                    INSERT INTO settled_arms (experiment, epoch, segment, variant, units) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (experiment, epoch, segment, variant) DO UPDATE SET units = excluded.units""", name, arm.epoch(), arm.segment(), arm.variant(), count));
        }
        return epoch;
    }

    /** The units that an arm got in an epoch, as they were kept; 0 if nothing is kept of it. */
    public static long units(Tx tx, String experiment, int epoch, String segment, String variant) {
        return tx.one(
                        "SELECT units FROM settled_arms WHERE experiment = ? AND epoch = ? AND segment = ? AND variant = ?",
                        c -> c.number("units"),
                        experiment,
                        epoch,
                        segment,
                        variant)
                .orElse(0L);
    }
}
