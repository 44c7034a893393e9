package dev.ringside.app.wiring;

import dev.ringside.app.kafka.Standing;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process runs for one of its roles. Made in the order of {@link Parts}, closed in the opposite one. */
interface Part {
    /** Why it cannot do its work now; null if it can. */
    @Nullable
    String notReady();

    /** What else is to be known where its readiness is asked for, by name. */
    default Map<String, String> details() {
        return Map.of();
    }

    /** A new routing table. */
    default void accept(RoutingTable table) {}

    /** A step of a replay's clock. */
    default void accept(ClockTick tick) {}

    /** The definition of an epoch. */
    default void accept(EpochDefinition definition) {}

    /** The end of an experiment. */
    default void accept(ExperimentEnded ended) {}

    /** What it says of itself to the fleet; null for nothing. */
    default @Nullable FleetReport report() {
        return null;
    }

    /** Which topics it does not read any more, and why. */
    default List<Standing> standing() {
        return List.of();
    }

    /** What the fleet hears of it: its report, with what it does not read any more. */
    default @Nullable FleetReport fullReport() {
        FleetReport report = report();
        return report == null
                ? null
                : report.with(standing().stream().map(Standing::reported).toList());
    }

    /** How many records of a topic it passed over, by topic. */
    default Map<String, Long> passedOver() {
        return Map.of();
    }

    /** What it shows of itself to whoever watches. */
    default List<PartMeters> meters() {
        return List.of();
    }

    /** What it is called where it is spoken of. */
    String name();

    /** How long its stop may take; what does not end by then is left. */
    default Duration patience() {
        return Duration.ofSeconds(12);
    }

    /** Is not ready from now on, and goes on with its work: the first step of a stop, so that traffic goes elsewhere. */
    default void leave() {}

    /** Stops it in order. */
    void close() throws IOException;
}
