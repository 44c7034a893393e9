package dev.ringside.experiments.experiment;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.store.Outbox;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells the aggregator of experiments that are over for so long that nothing will be asked of them any more, so that
 * what it keeps for an experiment's life ends with it. A region that is started again begins a new epoch, in which units
 * that were let go of are new.
 */
public final class LettingGo {
    /** As long as an attempt counts as one; late exposures and outcomes of a run come long before. */
    static final Duration AFTER = Duration.ofDays(90);

    private static final Duration OFTEN = Duration.ofMinutes(10);

    private final EventClock events;
    private final LongSupplier ticker;
    private boolean asked;
    private long askedAt;

    /**
     * @param events the time that events carry, by which an experiment is long over
     * @param ticker nanoseconds, as {@link System#nanoTime}: it is looked for only now and then
     */
    public LettingGo(EventClock events, LongSupplier ticker) {
        this.events = events;
        this.ticker = ticker;
    }

    private record Candidate(String name, int lastEpoch) {}

    /** Tells of all that are over and were not told of. */
    public void run(Store store) {
        long now = ticker.getAsLong();
        if (asked && now - askedAt < OFTEN.toNanos()) {
            return;
        }
        asked = true;
        askedAt = now;
        if (store.read(this::over).isEmpty()) {
            return;
        }
        store.write(tx -> {
            Instant at = events.now(tx);
            for (Candidate each : over(tx)) {
                tx.update(
                        "INSERT INTO let_go (experiment, through_epoch, at) VALUES (?, ?, ?)",
                        each.name,
                        each.lastEpoch,
                        at);
                told(tx, each.name)
                        .forEach(end -> Outbox.add(
                                tx,
                                ExperimentEnded.KEY + end.experiment() + "/" + end.throughEpoch(),
                                Json.write(end)));
            }
            return null;
        });
    }

    /** All that the aggregator was told, for a replay. */
    public static List<ExperimentEnded> told(Tx tx) {
        return tx.list("SELECT DISTINCT experiment FROM let_go ORDER BY experiment", c -> c.text("experiment")).stream()
                .flatMap(name -> told(tx, name).stream())
                .toList();
    }

    /** An experiment and its holdback are counted under names of their own. */
    private static List<ExperimentEnded> told(Tx tx, String name) {
        return tx
                .list(
                        "SELECT through_epoch, at FROM let_go WHERE experiment = ? ORDER BY through_epoch",
                        c -> List.of(
                                new ExperimentEnded(name, (int) c.number("through_epoch"), c.instant("at")),
                                new ExperimentEnded(
                                        Holdback.countedAs(name), (int) c.number("through_epoch"), c.instant("at"))),
                        name)
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Candidate> over(Tx tx) {
        Instant now = events.now(tx);
        if (now == null) {
            return List.of();
        }
        return tx.list("""
            SELECT name, last_epoch FROM experiments e WHERE state = 'ended'
            AND NOT EXISTS (SELECT 1 FROM let_go l
                WHERE l.experiment = e.name AND l.through_epoch >= e.last_epoch)
            AND NOT EXISTS (SELECT 1 FROM regions r WHERE r.experiment = e.name AND r.holds_segment)
            ORDER BY name\
            """, c -> new Candidate(c.text("name"), (int) c.number("last_epoch"))).stream()
                .filter(each -> isLongOver(Experiments.get(tx, each.name), now))
                .toList();
    }

    private static boolean isLongOver(Experiment experiment, Instant now) {
        Instant since = now.minus(AFTER).minus(experiment.document().longestWindow());
        return experiment.regions().stream()
                .allMatch(region -> region instanceof EndedRegion ended && endedBefore(ended, since));
    }

    private static boolean endedBefore(EndedRegion region, Instant since) {
        Instant at = region.ending().at();
        Holdback holdback = region.holdback();
        return at != null
                && at.isBefore(since)
                && (holdback == null || holdback.endsAt().isBefore(since));
    }
}
