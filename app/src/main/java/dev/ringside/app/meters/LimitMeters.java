package dev.ringside.app.meters;

import dev.ringside.router.limit.CountedBy;
import dev.ringside.router.limit.LimitCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;

/** What the limits of slots have let in and refused at a router, and whether it counted with the others or by itself. */
public final class LimitMeters extends SlotMeters<LimitCounts> {

    /** @param counts by slot; they go on counting */
    public LimitMeters(Supplier<Map<String, LimitCounts>> counts) {
        super(counts);
    }

    /** Counters for each slot, from its first request with a limit on. */
    @Override
    void show(String slot, LimitCounts count, MeterRegistry to) {
        for (CountedBy by : CountedBy.values()) {
            FunctionCounter.builder("ringside.limits.admitted", count, c -> c.admitted(by))
                    .description("Requests that a slot's limit let in, by who counted them")
                    .tags(SLOT, slot, "counted", by.word())
                    .register(to);
            FunctionCounter.builder("ringside.limits.refused", count, c -> c.refused(by))
                    .description("Requests that were more than a slot's limit takes, by who counted them")
                    .tags(SLOT, slot, "counted", by.word())
                    .register(to);
        }
        Gauge.builder("ringside.limits.given.up", count, c -> c.isOpen() ? 1 : 0)
                .description("1 while this router counts by itself, as the last requests waited for Redis in vain")
                .tag(SLOT, slot)
                .register(to);
    }
}
