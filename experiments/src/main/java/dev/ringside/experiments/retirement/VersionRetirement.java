package dev.ringside.experiments.retirement;

import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.registry.RegisteredVersion;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes versions that nothing names out of the routing table, so that no server loads them: by a person's order, or by
 * itself once nothing has named them for {@link #UNUSED}, so that whatever was champion in that time can be rolled back to.
 */
public final class VersionRetirement {
    /** How long nothing has named a version that is retired by itself. */
    public static final Duration UNUSED = Duration.ofDays(30);

    private static final Duration EACH = Duration.ofHours(1);
    private static final Duration KEPT_TO = Duration.ofDays(1);
    private static final Cause CAUSE = new Cause(Actor.POLICY, "nothing has named it for " + UNUSED.toDays() + " days");

    private final AuditLog audit;
    private final Clock wall;
    private volatile Instant next = Instant.MIN;

    /** @param wall the machine's clock */
    public VersionRetirement(AuditLog audit, Clock wall) {
        this.audit = audit;
        this.wall = wall;
    }

    private record Step(String slot, List<String> used, List<String> unused) {
        boolean isNothing() {
            return used.isEmpty() && unused.isEmpty();
        }
    }

    /** Looks once an hour which versions are still named by something, and retires those that were not for long. */
    public void run(Store store) {
        Instant now = wall.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EACH);
        if (store.read(tx -> steps(tx, now)).stream().allMatch(Step::isNothing)) {
            return;
        }
        store.write(tx -> {
            for (Step step : steps(tx, now)) {
                step.used().forEach(version -> Versions.used(tx, step.slot(), version, now));
                step.unused().forEach(version -> retire(tx, step.slot(), version, CAUSE));
            }
            return null;
        });
    }

    private static List<Step> steps(Tx tx, Instant now) {
        return Slots.all(tx).stream().map(slot -> step(tx, slot, now)).toList();
    }

    private static Step step(Tx tx, SlotDocument slot, Instant now) {
        Map<String, List<String>> uses = VersionUse.of(tx, slot);
        List<String> used = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        Versions.lastUsed(tx, slot.name()).forEach((version, last) -> {
            if (uses.containsKey(version)) {
                if (last.plus(KEPT_TO).isBefore(now)) {
                    used.add(version);
                }
            } else if (last.plus(UNUSED).isBefore(now)) {
                unused.add(version);
            }
        });
        return new Step(slot.name(), used, unused);
    }

    private void retire(Tx tx, String slot, String version, Cause cause) {
        Versions.retire(tx, slot, version, wall.instant(), cause.actor().name());
        audit.record(tx, cause, "version.retire", subject(slot, version), Map.of());
    }

    /**
     * Takes a version out of the routing table; it stays registered.
     *
     * @throws Refusal if something names it
     */
    public void retire(Tx tx, SlotDocument slot, String version, Cause cause) {
        RegisteredVersion registered = Versions.get(tx, slot.name(), version);
        if (registered.retiredWall() != null) {
            return;
        }
        requireUnused(tx, slot, version, "retired");
        retire(tx, slot.name(), version, cause);
    }

    /**
     * Brings a retired version back into the routing table.
     *
     * @throws Refusal if the gates of its training refused it
     */
    public void restore(Tx tx, SlotDocument slot, String version, Cause cause) {
        RegisteredVersion registered = Versions.get(tx, slot.name(), version);
        Optional<String> refusal = registered.manifest().refusal();
        if (refusal.isPresent()) {
            throw Refusal.conflict(refusal.get());
        }
        if (registered.retiredWall() == null) {
            return;
        }
        Versions.restore(tx, slot.name(), version, wall.instant());
        audit.record(tx, cause, "version.restore", subject(slot.name(), version), Map.of());
    }

    /**
     * Removes a version that never served anybody, such as one that cannot be loaded.
     *
     * @throws Refusal if something names it, or it has served: what was decided about it stays on record
     */
    public void delete(Tx tx, SlotDocument slot, String version, Cause cause) {
        RegisteredVersion registered = Versions.get(tx, slot.name(), version);
        requireUnused(tx, slot, version, "deleted");
        if (Versions.everServed(tx, slot.name(), version)) {
            throw Refusal.conflict("version '" + version + "' of slot '" + slot.name()
                    + "' has served, so it stays on record; retire it instead");
        }
        Versions.delete(tx, slot.name(), version);
        audit.record(
                tx,
                cause,
                "version.delete",
                subject(slot.name(), version),
                Map.of("sha256", registered.manifest().sha256()));
    }

    private static void requireUnused(Tx tx, SlotDocument slot, String version, String what) {
        List<String> uses = VersionUse.of(tx, slot).getOrDefault(version, List.of());
        if (!uses.isEmpty()) {
            throw Refusal.conflict("version '" + version + "' of slot '" + slot.name() + "' cannot be " + what + ": "
                    + String.join("; ", uses));
        }
    }

    private static String subject(String slot, String version) {
        return "version/" + slot + "/" + version;
    }
}
