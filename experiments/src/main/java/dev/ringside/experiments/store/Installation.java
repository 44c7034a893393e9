package dev.ringside.experiments.store;

import dev.ringside.contract.id.InstallKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was fixed at the first start and can never change: every unit's hash and partition follow from it.
 *
 * @param key keys the unit hash
 * @param partitions of {@code unit-events}
 */
public record Installation(InstallKey key, int partitions) {

    /**
     * Makes the installation's record at the first start, and checks the configuration against it at every other.
     *
     * @param configured the key that the configuration names, if it does
     * @param partitions that the configuration names
     * @param random makes the key where none is configured
     * @throws IllegalStateException naming everything in the configuration that is not as it was fixed
     */
    public static Installation open(
            Store store, Optional<InstallKey> configured, int partitions, LongSupplier random, Instant now) {
        if (partitions < 1 || partitions > 1024) {
            throw new IllegalStateException("ringside.experiments.partitions: expected 1 to 1024, found " + partitions);
        }
        return store.write(tx -> {
            InstallKey key = configured.orElseGet(() -> new InstallKey(random.getAsLong(), random.getAsLong()));
            tx.update(
                    "INSERT INTO install (install_key, partitions, made_wall) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    key.toString(),
                    partitions,
                    now);
            Installation fixed = tx.one(
                            "SELECT install_key, partitions FROM install",
                            c -> new Installation(
                                    InstallKey.parse(c.text("install_key")), (int) c.number("partitions")))
                    .orElseThrow();
            fixed.check(configured, partitions);
            return fixed;
        });
    }

    /** What was fixed; empty before the first start. */
    public static Optional<Installation> find(Tx tx) {
        return tx.one(
                "SELECT install_key, partitions FROM install",
                c -> new Installation(InstallKey.parse(c.text("install_key")), (int) c.number("partitions")));
    }

    private void check(Optional<InstallKey> configured, int configuredPartitions) {
        List<String> problems = new ArrayList<>();
        if (configured.isPresent() && !configured.get().equals(key)) {
            problems.add("ringside.experiments.install-key is not the key that this installation was made with;"
                    + " remove the setting, or use another database");
        }
        if (configuredPartitions != partitions) {
            problems.add("ringside.experiments.partitions is " + configuredPartitions
                    + ", this installation was made with " + partitions + "; set it to " + partitions
                    + ", or use another database");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
    }
}
