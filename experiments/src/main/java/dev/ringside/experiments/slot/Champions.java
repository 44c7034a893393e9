package dev.ringside.experiments.slot;

import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.store.Columns;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The champion of each segment: a pointer with a counter, changed only where the counter is still the one that was read.
 * A segment without a pointer of its own has the slot's default champion; once it has one it keeps it, until what gave it
 * its own is undone.
 */
public final class Champions {
    /** Stands for the slot's default champion in place of a segment. */
    public static final String DEFAULT = "*";

    private static final String ACTION = "champion.";
    private static final String ROLL_BACK = "roll_back";

    private final EventClock events;
    private final Clock wall;
    private final AuditLog audit;
    private final Readiness readiness;
    private final SlotWatcher watcher;

    /**
     * @param wall the machine's clock
     * @param readiness a pointer never names a version that it finds something missing for
     * @param watcher is told of each change
     */
    public Champions(EventClock events, Clock wall, AuditLog audit, Readiness readiness, SlotWatcher watcher) {
        this.events = events;
        this.wall = wall;
        this.audit = audit;
        this.readiness = readiness;
        this.watcher = watcher;
    }

    /** @param followsDefault whether the segment's own was undone: the slot's default is its champion again */
    private record Pointer(String version, long counter, boolean followsDefault) {}

    /** The champion that requests of a segment get now; null while there is none. */
    public static @Nullable String current(Tx tx, String slot, String segment) {
        return pointer(tx, slot, segment)
                .filter(own -> !own.followsDefault())
                .or(() -> pointer(tx, slot, DEFAULT))
                .map(Pointer::version)
                .orElse(null);
    }

    /** All pointers of a slot by segment; {@link #DEFAULT} for the default. */
    public static Map<String, String> pointers(Tx tx, String slot) {
        var pointers = new LinkedHashMap<String, String>();
        tx.list("""
                        SELECT c.segment, c.version FROM champions c
                        LEFT JOIN champion_history h USING (slot, segment, counter)
                        WHERE c.slot = ? AND NOT coalesce(h.follows_default, false) ORDER BY c.segment""", c -> Map.entry(c.text("segment"), c.text("version")), slot)
                .forEach(p -> pointers.put(p.getKey(), p.getValue()));
        return pointers;
    }

    /**
     * Points a segment at a version.
     *
     * @param segment null for the slot's default
     * @param expected the version that the caller believes to be champion; null if it has no opinion
     * @param action what the audit calls it; what an experiment's region does is audited there
     * @throws Refusal if it is not registered or not ready, or another one than expected is champion
     */
    public void point(
            Tx tx,
            SlotDocument slot,
            @Nullable String segment,
            String version,
            @Nullable String expected,
            String action,
            Cause cause) {
        point(tx, slot, segment, version, expected, action, false, cause);
    }

    /**
     * Points a segment back at a version that was its champion; at the slot's default, whichever that will be, if that is
     * what the version was there.
     *
     * @param segment null for the slot's default
     * @param expected the version that is to go
     * @param action what the audit calls it
     * @throws Refusal if the version is not ready, or another one than expected is champion
     */
    public void pointBack(
            Tx tx,
            SlotDocument slot,
            @Nullable String segment,
            String version,
            @Nullable String expected,
            String action,
            Cause cause) {
        boolean toDefault = segment != null
                && pointer(tx, slot.name(), DEFAULT)
                        .filter(p -> p.version().equals(version))
                        .isPresent()
                && entries(tx, slot.name(), segment).reversed().stream()
                        .filter(c -> c.version().equals(version))
                        .findFirst()
                        .filter(c -> c.segment().equals(DEFAULT) || c.followsDefault())
                        .isPresent();
        point(tx, slot, segment, version, expected, action, toDefault, cause);
    }

    private void point(
            Tx tx,
            SlotDocument slot,
            @Nullable String segment,
            String version,
            @Nullable String expected,
            String action,
            boolean toDefault,
            Cause cause) {
        if (segment != null) {
            slot.requireSegment("segment", segment);
        }
        Optional<String> missing = readiness.missing(tx, slot.name(), version);
        if (missing.isPresent()) {
            throw Refusal.conflict(missing.get());
        }
        String key = segment == null ? DEFAULT : segment;
        Optional<Pointer> before = pointer(tx, slot.name(), key);
        String champion =
                segment == null ? before.map(Pointer::version).orElse(null) : current(tx, slot.name(), segment);
        if (expected != null && !expected.equals(champion)) {
            throw Refusal.conflict("the champion of " + name(slot.name(), key) + " is "
                    + (champion == null ? "none" : "'" + champion + "'") + ", not '" + expected + "' as expected");
        }
        if (before.isPresent()
                && before.get().followsDefault() == toDefault
                && before.get().version().equals(version)) {
            return;
        }
        long counter = before.map(Pointer::counter).orElse(0L);
        compareAndSet(tx, slot.name(), key, version, counter);
        tx.update(
                """
                INSERT INTO champion_history (slot, segment, counter, version, since_at, since_wall, actor, why, act,
                    follows_default)
                VALUES (?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?)""",
                slot.name(),
                key,
                counter + 1,
                version,
                events.now(tx),
                wall.instant(),
                cause.actor().name(),
                cause.why(),
                action.substring(action.indexOf('.') + 1),
                toDefault);
        var detail = new LinkedHashMap<String, Object>();
        detail.put("segment", key);
        detail.put("before", champion == null ? "" : champion);
        detail.put("after", version);
        if (toDefault) {
            detail.put("follows_default", true);
        }
        if (action.startsWith(ACTION)) {
            audit.record(tx, cause, action, "slot/" + slot.name(), detail);
        }
        watcher.championChanged(tx, slot.name(), key, cause);
    }

    private static void compareAndSet(Tx tx, String slot, String key, String version, long counter) {
        int changed = counter == 0
                ? tx.update(
                        "INSERT INTO champions (slot, segment, version, counter) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING",
                        slot,
                        key,
                        version)
                : tx.update(
                        "UPDATE champions SET version = ?, counter = counter + 1 WHERE slot = ? AND segment = ? AND counter = ?",
                        version,
                        slot,
                        key,
                        counter);
        if (changed == 0) {
            throw Refusal.conflict("the champion of " + name(slot, key)
                    + " was changed by somebody else at the same time; look again");
        }
    }

    /**
     * Points a segment back at the champion before, or at any earlier one. Done twice it goes further back: a version that
     * was rolled back is only ever champion again when somebody names it.
     *
     * @param segment null for the slot's default
     * @param to the earlier champion; null for the one before the present one
     * @throws Refusal if there was no such champion
     */
    public void rollBack(Tx tx, SlotDocument slot, @Nullable String segment, @Nullable String to, Cause cause) {
        String key = segment == null ? DEFAULT : segment;
        if (segment != null) {
            slot.requireSegment("segment", segment);
        }
        List<Champion> entries = entries(tx, slot.name(), key);
        String present = entries.isEmpty() ? "" : entries.getLast().version();
        List<String> others = entries.reversed().stream()
                .map(Champion::version)
                .distinct()
                .filter(v -> !v.equals(present))
                .toList();
        if (others.isEmpty()) {
            throw Refusal.conflict("the champion of " + name(slot.name(), key) + " was never another one");
        }
        if (to != null) {
            if (!others.contains(to)) {
                throw Refusal.conflict("'" + to + "' was never champion of " + name(slot.name(), key)
                        + " before; earlier champions are " + String.join(", ", others));
            }
            pointBack(tx, slot, segment, to, null, ACTION + ROLL_BACK, cause);
            return;
        }
        List<String> standing = standing(entries);
        if (standing.size() < 2) {
            throw Refusal.conflict("the champion of " + name(slot.name(), key)
                    + " is '" + present + "', and nothing is left before it that was not rolled back; to have "
                    + String.join(" or ", others) + " again, name it");
        }
        pointBack(tx, slot, segment, standing.get(standing.size() - 2), null, ACTION + ROLL_BACK, cause);
    }

    /** The champions that led to the present one, it last: one that was rolled back is not among them. */
    private static List<String> standing(List<Champion> entries) {
        List<String> stack = new ArrayList<>();
        for (Champion entry : entries) {
            int before = stack.lastIndexOf(entry.version());
            // The first release did not keep how a champion came: back to the one just before is then a way back.
            boolean back = ROLL_BACK.equals(entry.act()) || (entry.act() == null && before == stack.size() - 2);
            if (before >= 0 && (back || before == stack.size() - 1)) {
                stack.subList(before + 1, stack.size()).clear();
            } else {
                stack.add(entry.version());
            }
        }
        return stack;
    }

    /** How a segment came to its champion, the oldest first: its own, and the default while it had none of its own. */
    private static List<Champion> entries(Tx tx, String slot, String key) {
        var entries = new ArrayList<Champion>();
        boolean follows = true;
        for (Champion each : tx.list(
                "SELECT * FROM champion_history WHERE slot = ? AND segment IN (?, ?) ORDER BY id",
                Champions::champion,
                slot,
                key,
                DEFAULT)) {
            boolean own = each.segment().equals(key);
            if (own || follows) {
                entries.add(each);
            }
            follows = own ? each.followsDefault() : follows;
        }
        return entries;
    }

    /** The history of one pointer, the newest first. */
    public static List<Champion> history(Tx tx, String slot, String segment) {
        return tx.list(
                "SELECT * FROM champion_history WHERE slot = ? AND segment = ? ORDER BY counter DESC",
                Champions::champion,
                slot,
                segment);
    }

    /** Who was champion of a segment at an event time; empty if nobody was. */
    public static Optional<Champion> at(Tx tx, String slot, String segment, Instant time) {
        return entries(tx, slot, segment).reversed().stream()
                .filter(c -> since(c, time))
                .findFirst();
    }

    private static Champion champion(Columns c) {
        return new Champion(
                c.text("segment"),
                c.number("counter"),
                c.text("version"),
                c.instantOrNull("since_at"),
                c.instant("since_wall"),
                c.text("actor"),
                c.textOrNull("why"),
                c.textOrNull("act"),
                c.truth("follows_default"));
    }

    private static boolean since(Champion champion, Instant time) {
        return champion.since() == null || !champion.since().isAfter(time);
    }

    private static Optional<Pointer> pointer(Tx tx, String slot, String segment) {
        return tx.one(
                """
                SELECT c.version, c.counter, coalesce(h.follows_default, false) AS follows_default
                FROM champions c LEFT JOIN champion_history h USING (slot, segment, counter)
                WHERE c.slot = ? AND c.segment = ?""",
                c -> new Pointer(c.text("version"), c.number("counter"), c.truth("follows_default")),
                slot,
                segment);
    }

    private static String name(String slot, String key) {
        return key.equals(DEFAULT) ? "slot '" + slot + "' by default" : "slot '" + slot + "' in " + key;
    }
}
