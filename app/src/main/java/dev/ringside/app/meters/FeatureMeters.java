package dev.ringside.app.meters;

import dev.ringside.router.feature.FeatureCounts;
import dev.ringside.router.feature.Missing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What came of the inputs that a router fetches itself, and how long Redis took. */
public final class FeatureMeters extends SlotMeters<FeatureCounts> {
    private volatile @Nullable Timer reads;

    /** @param counts by slot; they go on counting */
    public FeatureMeters(Supplier<Map<String, FeatureCounts>> counts) {
        super(counts);
    }

    @Override
    public void bindTo(MeterRegistry to) {
        super.bindTo(to);
        reads = Timer.builder("ringside.features.read")
                .description("How long Redis took to answer, also where no request waited any more")
                .serviceLevelObjectives(
                        Duration.ofNanos(250_000),
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(100))
                .register(to);
    }

    /** An answer came after so many nanoseconds. */
    public void read(long nanos) {
        Timer timer = reads;
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Counters for each slot, from its first request with features on. */
    @Override
    void show(String slot, FeatureCounts count, MeterRegistry to) {
        FunctionCounter.builder("ringside.features.found", count, FeatureCounts::found)
                .description("Values of features that Redis had in time")
                .tag(SLOT, slot)
                .register(to);
        for (Missing why : Missing.values()) {
            FunctionCounter.builder("ringside.features.defaulted", count, c -> c.defaulted(why))
                    .description("Values of features that were their default, by why")
                    .tags(SLOT, slot, "reason", why.word())
                    .register(to);
        }
        Gauge.builder("ringside.features.given.up", count, c -> c.isOpen() ? 1 : 0)
                .description("1 while no request waits for Redis, as the last ones waited in vain")
                .tag(SLOT, slot)
                .register(to);
    }
}
