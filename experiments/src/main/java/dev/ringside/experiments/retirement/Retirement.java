package dev.ringside.experiments.retirement;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.Actor;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.store.Outbox;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Retires writers of events: says on behalf of one that has fallen silent, in every partition, that nobody need wait for
 * it. A router is waited for until an operator decides that, or until it is silent for so long that it is decided
 * by itself: its spool may hold exposures, and those that it ships after its retirement are late. The order and its marks
 * are one transaction; the outbox writes the marks until they are acknowledged.
 */
public final class Retirement {
    /** How long a control plane that has started gives a fleet that may have been stopped with it to come back. */
    private static final Duration COMING_BACK = Duration.ofMinutes(10);

    private final Fleet fleet;
    private final KpiLedger ledger;
    private final AuditLog audit;
    private final Clock wall;
    private final int partitions;
    private final boolean stepped;
    private final Duration after;
    private final Instant watchingSince;

    /**
     * @param wall the machine's clock: silence is measured by it, in replays too
     * @param partitions of {@code unit-events}
     * @param stepped whether the clock of events is set from outside
     * @param after how long a router may be silent
     * @throws IllegalArgumentException if that is no time at all
     */
    public Retirement(
            Fleet fleet,
            KpiLedger ledger,
            AuditLog audit,
            Clock wall,
            int partitions,
            boolean stepped,
            Duration after) {
        if (!after.isPositive()) {
            throw new IllegalArgumentException(
                    "ringside.experiments.retire-after: expected more than 0 s, found " + DurationText.format(after));
        }
        this.fleet = fleet;
        this.ledger = ledger;
        this.audit = audit;
        this.wall = wall;
        this.partitions = partitions;
        this.stepped = stepped;
        this.after = after;
        this.watchingSince = wall.instant();
    }

    /**
     * A writer that nobody waits for.
     *
     * @param boot the last start of it that is retired; the next one opens it again
     * @param before whether it was closed already, so that nothing was done
     */
    public record Retired(String writer, String role, long boot, boolean before) {}

    private record Order(long boot, Instant at) {}

    /**
     * Retires a writer; does nothing if it is closed already.
     *
     * @throws Refusal if no writer has this id, or if it still reports itself
     */
    public Retired retire(Tx tx, String id, Cause cause) {
        SortedMap<String, KnownWriter> all = KnownWriter.all(fleet, ledger);
        KnownWriter writer = all.get(id);
        if (writer == null) {
            throw Refusal.unknown("no writer of events has the id '" + id + "'; "
                    + (all.isEmpty() ? "none is known" : "there are " + String.join(", ", all.keySet())));
        }
        if (isLive(writer)) {
            throw Refusal.conflict(writer.role() + " " + id + " still reports itself, last at "
                    + writer.heardOf().orElseThrow() + ": stop it instead, it marks its end itself");
        }
        boolean before = isSettled(tx, writer);
        if (!before) {
            order(tx, writer, cause);
        }
        return new Retired(id, writer.role(), writer.boot(), before);
    }

    /** Retires every router that is silent for too long. */
    public void run(Store store) {
        Instant now = wall.instant();
        Duration patience = COMING_BACK.compareTo(after) < 0 ? COMING_BACK : after;
        if (now.isBefore(watchingSince.plus(patience))) {
            return;
        }
        List<KnownWriter> silent = KnownWriter.all(fleet, ledger).values().stream()
                .filter(w -> w.role().equals(Fleet.ROUTER) && isSilent(w, now))
                .filter(w -> store.read(tx -> !isSettled(tx, w)))
                .toList();
        for (KnownWriter writer : silent) {
            String why = "silent since " + writer.heardOf().orElse(watchingSince) + ", longer than retire-after = "
                    + DurationText.format(after);
            store.write(tx -> {
                if (!isSettled(tx, writer)) {
                    order(tx, writer, new Cause(Actor.POLICY, why));
                }
                return null;
            });
        }
    }

    private boolean isLive(KnownWriter writer) {
        return Optional.ofNullable(writer.report()).filter(fleet::isLive).isPresent();
    }

    private boolean isSilent(KnownWriter writer, Instant now) {
        boolean stoppedInOrder = writer.hasStopped() && writer.seen().isEmpty();
        return !stoppedInOrder
                && !isLive(writer)
                && !now.isBefore(writer.heardOf().orElse(watchingSince).plus(after));
    }

    /** Whether it is closed, or is about to be by an order that was not followed by a sign of life. */
    private static boolean isSettled(Tx tx, KnownWriter writer) {
        Optional<Order> order = tx.one(
                "SELECT boot, retired_wall FROM retired_writers WHERE writer = ?",
                c -> new Order(c.number("boot"), c.instant("retired_wall")),
                writer.id());
        boolean cameBack = order.isPresent()
                && writer.heardOf().filter(at -> at.isAfter(order.get().at())).isPresent();
        boolean ordered = order.isPresent() && !cameBack && order.get().boot() >= writer.boot();
        // A snapshot from before it came back would still call it closed.
        return ordered || (writer.isClosed() && (!cameBack || writer.hasStopped()));
    }

    private void order(Tx tx, KnownWriter writer, Cause cause) {
        tx.update("""
                INSERT INTO retired_writers (writer, boot, retired_wall) VALUES (?, ?, ?)
                ON CONFLICT (writer) DO UPDATE SET boot = excluded.boot, retired_wall = excluded.retired_wall""", writer.id(), writer.boot(), wall.instant());
        for (int partition = 0; partition < partitions; partition++) {
            UnitEvent mark =
                    new Mark(writer.id(), writer.markRole(), writer.boot(), writer.through(partition), stepped, true);
            Outbox.add(tx, partition, Json.write(mark));
        }
        Map<String, Object> detail = new HashMap<>();
        detail.put("boot", writer.boot());
        writer.heardOf().ifPresent(at -> detail.put("last_report", at));
        audit.record(tx, cause, "retire", writer.role() + "/" + writer.id(), detail);
    }
}
