package dev.ringside.experiments.barrier;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.fleet.Fleet;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.look.LookStore;
import dev.ringside.experiments.look.Standstill;
import dev.ringside.experiments.routing.RoutingState;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.store.OutboxRelay;
import dev.ringside.experiments.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The barrier of a replay: sets the clock and returns when all that the new time brings about is in force. Every writer
 * has marked the time, every partition is counted up to it, every look due is committed, and every router and server acts
 * on the routing table that results. It may be called again for the same time, after a failure or to be sure.
 */
public final class Barrier {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    private final Store store;
    private final EventClock.Replay clock;
    private final Supplier<List<String>> decide;
    private final OutboxRelay relay;
    private final KpiLedger ledger;
    private final Standstill standstill;
    private final Fleet fleet;
    private final Changes changes;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    /**
     * @param decide makes the looks that are due, and says what stands in the way of those that cannot be made
     * @param changes rings when there is reason to look again
     * @param timeout how long to wait in all
     * @param nanoTime the wall clock for that, in nanoseconds
     */
    public Barrier(
            Store store,
            EventClock.Replay clock,
            Supplier<List<String>> decide,
            OutboxRelay relay,
            KpiLedger ledger,
            Standstill standstill,
            Fleet fleet,
            Changes changes,
            Duration timeout,
            LongSupplier nanoTime) {
        this.store = store;
        this.clock = clock;
        this.decide = decide;
        this.relay = relay;
        this.ledger = ledger;
        this.standstill = standstill;
        this.fleet = fleet;
        this.changes = changes;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * A time that everybody has reached.
     *
     * @param time the time
     * @param looks those that it made
     * @param routingVersion the table that everybody acts on
     */
    public record Passed(Instant time, List<Look> looks, long routingVersion) {}

    private interface Condition {
        List<String> missing() throws IOException, InterruptedException;
    }

    /**
     * Moves the clock.
     *
     * @throws Refusal if the time lies before the clock's, or if something is still missing at the timeout; the message
     *     says what
     */
    public Passed pass(Instant time) throws InterruptedException {
        InvalidInput.require(
                time.equals(time.truncatedTo(ChronoUnit.MILLIS)),
                "time",
                "expected whole milliseconds at most, found " + time);
        InvalidInput.require(
                !time.isBefore(FIRST) && time.isBefore(END),
                "time",
                "expected a time from 1900 to 2099, as outcomes have, found " + time);
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        store.write(tx -> {
            clock.set(tx, time);
            RoutingState.publish(tx, new ClockTick(time));
            return null;
        });
        await(time, deadline, this::publish);
        await(time, deadline, () -> counted(time));
        await(time, deadline, decide::get);
        await(time, deadline, this::publish);
        long version = store.read(RoutingState::version);
        await(time, deadline, () -> acting(version));
        return new Passed(time, store.read(tx -> LookStore.madeAt(tx, time)), version);
    }

    private void await(Instant time, long deadline, Condition condition) throws InterruptedException {
        while (true) {
            long seen = changes.count();
            List<String> missing;
            try {
                missing = condition.missing();
            } catch (IOException e) {
                missing = List.of(e.getMessage() + ": " + e.getCause());
            }
            if (missing.isEmpty()) {
                return;
            }
            long left = deadline - nanoTime.getAsLong();
            if (left <= 0) {
                throw Refusal.notYet("the clock is set to " + time + ", but after " + timeout.toSeconds()
                        + " s this is still missing: " + String.join("; ", missing) + ". Post the same time again");
            }
            changes.await(seen, LOOK_AGAIN.compareTo(Duration.ofNanos(left)) < 0 ? LOOK_AGAIN : Duration.ofNanos(left));
        }
    }

    private List<String> publish() throws IOException, InterruptedException {
        relay.drain();
        return List.of();
    }

    private List<String> counted(Instant time) {
        boolean all = ledger.horizon().filter(h -> !h.isBefore(time)).isPresent();
        return all ? List.of() : standstill.before(time);
    }

    private List<String> acting(long version) {
        return fleet.behind(version).stream()
                .map(report -> behind(report, version))
                .toList();
    }

    private static String behind(FleetReport report, long version) {
        return report.role() + " " + report.id() + " acts on routing table " + report.routingVersion() + ", not yet on "
                + version;
    }
}
