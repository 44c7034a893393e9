package dev.ringside.app.meters;

import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.experiments.look.KpiLedger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Up to when events are counted, what became of the outcomes, and how many looks were made. */
public final class ControlMeters implements PartMeters {
    private final KpiLedger ledger;
    private final int partitions;
    private final LongSupplier looks;
    private final @Nullable Clock wall;

    /**
     * @param partitions of {@code unit-events}
     * @param looks how many were made since the start
     * @param wall the clock of events; null where it is set from outside, and no lag behind it means anything
     */
    public ControlMeters(KpiLedger ledger, int partitions, LongSupplier looks, @Nullable Clock wall) {
        this.ledger = ledger;
        this.partitions = partitions;
        this.looks = looks;
        this.wall = wall;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (int i = 0; i < partitions; i++) {
            int partition = i;
            Gauge.builder("ringside.horizon", this, meters -> meters.horizon(partition))
                    .description("Every event with a time before this is counted; NaN before the first snapshot")
                    .baseUnit("seconds")
                    .tag("partition", Integer.toString(partition))
                    .register(registry);
            if (wall != null) {
                Gauge.builder("ringside.horizon.lag", this, meters -> meters.lag(wall, partition))
                        .description("How far the partition's horizon is behind the clock")
                        .baseUnit("seconds")
                        .tag("partition", Integer.toString(partition))
                        .register(registry);
            }
        }
        for (OutcomeClass as : OutcomeClass.values()) {
            Gauge.builder("ringside.outcomes", this, meters -> meters.outcomes(as))
                    .description("Outcomes since the installation began, by what became of them")
                    .tag("class", as.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        FunctionCounter.builder("ringside.looks", looks, LongSupplier::getAsLong)
                .description("Looks that this process has made")
                .register(registry);
    }

    private Optional<Instant> reached(int partition) {
        return ledger.snapshots().stream()
                .filter(s -> s.partition() == partition)
                .map(Snapshot::horizon)
                .findFirst();
    }

    private double horizon(int partition) {
        return reached(partition).map(h -> h.toEpochMilli() / 1e3).orElse(Double.NaN);
    }

    private double lag(Clock clock, int partition) {
        return reached(partition)
                .map(h -> Meters.seconds(Duration.between(h, clock.instant())))
                .orElse(Double.NaN);
    }

    private double outcomes(OutcomeClass as) {
        return ledger.snapshots().stream()
                .mapToLong(s -> s.totals().outcomes().getOrDefault(as, 0L))
                .sum();
    }
}
