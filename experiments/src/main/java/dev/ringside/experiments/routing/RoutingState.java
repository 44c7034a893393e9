package dev.ringside.experiments.routing;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.experiments.clock.EventClock;
import dev.ringside.experiments.experiment.EndedRegion;
import dev.ringside.experiments.experiment.Epochs;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.experiment.Experiments.Held;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.experiment.Region;
import dev.ringside.experiments.experiment.RowEpoch;
import dev.ringside.experiments.registry.Versions;
import dev.ringside.experiments.slot.Champions;
import dev.ringside.experiments.slot.Overrides;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Installation;
import dev.ringside.experiments.store.Outbox;
import dev.ringside.experiments.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routing table, made anew from the desired state at the end of every write and published if it is another one. So
 * there is no order of changes in which a row could be left behind.
 */
public final class RoutingState {
    private final EventClock events;
    private final Clock wall;

    /** @param wall the machine's clock */
    public RoutingState(EventClock events, Clock wall) {
        this.events = events;
        this.wall = wall;
    }

    private record Stored(long version, String content) {}

    /** Makes the table again; if it has changed, stores it and adds it to the outbox. */
    public void refresh(Tx tx) {
        Optional<Installation> installation = Installation.find(tx);
        if (installation.isEmpty()) {
            return;
        }
        List<SlotRoutes> slots = slots(tx);
        String content = Json.write(slots);
        Optional<Stored> before = stored(tx);
        if (before.isPresent() && before.get().content().equals(content)) {
            return;
        }
        long version = before.map(Stored::version).orElse(0L) + 1;
        tx.update("""
            INSERT INTO routing (version, content) VALUES (?, ?)
            ON CONFLICT (only_one) DO UPDATE SET version = excluded.version, content = excluded.content\
            """, version, content);
        publish(tx, installation.get(), version, slots);
    }

    /** Whether the table would be another one if it were made now: time alone ends the enrolment of a region. */
    public boolean isStale(Tx tx) {
        String content = Json.write(slots(tx));
        return stored(tx).filter(table -> !table.content().equals(content)).isPresent();
    }

    private List<SlotRoutes> slots(Tx tx) {
        return Slots.all(tx).stream().map(slot -> routes(tx, slot)).toList();
    }

    /** The version of the present table; 0 while there is none. */
    public static long version(Tx tx) {
        return stored(tx).map(Stored::version).orElse(0L);
    }

    /**
     * Publishes once more what the topic should hold of all that goes on, in the order that a reader needs. It all replaces
     * what has its key, so this heals a topic that was lost and does nothing to one that was not.
     */
    public void republish(Tx tx) {
        for (EpochDefinition definition : Experiments.openDefinitions(tx)) {
            Epochs.publish(tx, definition);
        }
        tx.one("SELECT time FROM replay_clock", c -> new ClockTick(c.instant("time")))
                .ifPresent(tick -> publish(tx, tick));
        Installation.find(tx)
                .ifPresent(installation -> stored(tx)
                        .ifPresent(table -> publish(
                                tx,
                                installation,
                                table.version(),
                                List.of(Json.read(table.content(), SlotRoutes[].class)))));
    }

    /** Publishes a replay's time. */
    public static void publish(Tx tx, ClockTick tick) {
        Outbox.add(tx, ClockTick.KEY, Json.write(tick));
    }

    private void publish(Tx tx, Installation installation, long version, List<SlotRoutes> slots) {
        var table = new RoutingTable(version, wall.instant(), installation.key(), installation.partitions(), slots);
        Outbox.add(tx, RoutingTable.KEY, Json.write(table));
    }

    private static Optional<Stored> stored(Tx tx) {
        return tx.one("SELECT version, content FROM routing", c -> new Stored(c.number("version"), c.text("content")));
    }

    private SlotRoutes routes(Tx tx, SlotDocument slot) {
        Map<String, String> champions = new TreeMap<>(Champions.pointers(tx, slot.name()));
        String defaultChampion = champions.remove(Champions.DEFAULT);
        return new SlotRoutes(
                slot.name(),
                slot.unitType(),
                slot.segmentAttribute(),
                slot.segments(),
                slot.signature(),
                slot.deadline(),
                slot.layerSalt(),
                defaultChampion,
                champions,
                Versions.routes(tx, slot.name()),
                rows(tx, slot),
                Overrides.list(tx, slot.name()),
                slot.log(),
                slot.features(),
                slot.limits(),
                slot.cache());
    }

    private List<RoutingRow> rows(Tx tx, SlotDocument slot) {
        Instant now = events.now(tx);
        var rows = new ArrayList<RoutingRow>();
        for (Held held : Experiments.holding(tx, slot.name())) {
            ExperimentDocument document = Experiments.document(tx, held.experiment());
            switch (held.region()) {
                case Region.Running running -> {
                    if (now == null || now.isBefore(running.routesUntil(document))) {
                        rows.add(row(
                                document,
                                running.segment(),
                                running.current(),
                                running.current().arms(),
                                null));
                    }
                }
                case EndedRegion.Promoted promoted -> {
                    Holdback holdback = promoted.holdback();
                    if (holdback != null && holdback.open() && (now == null || now.isBefore(holdback.endsAt()))) {
                        rows.add(row(
                                document,
                                promoted.segment(),
                                holdback.epoch(),
                                // The weights by which units were given their arms, not the shares that they have now.
                                promoted.last().current().arms(),
                                new RoutingRow.Holdback(holdback.assignedBy(), holdback.ofControlMillionths())));
                    }
                }
                case Region.Waiting w -> {}
                case Region.Paused p -> {}
                case EndedRegion.RolledBack r -> {}
                case EndedRegion.Inconclusive i -> {}
                case EndedRegion.Stopped s -> {}
            }
        }
        return rows;
    }

    private static RoutingRow row(
            ExperimentDocument document,
            String segment,
            RowEpoch epoch,
            List<RoutingRow.Arm> arms,
            RoutingRow.@Nullable Holdback holdback) {
        return new RoutingRow(
                holdback == null ? document.name() : Holdback.countedAs(document.name()),
                segment,
                epoch.epoch(),
                document.salt(),
                epoch.coverageMillionths(),
                arms,
                holdback);
    }
}
