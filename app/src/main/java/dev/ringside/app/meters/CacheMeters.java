package dev.ringside.app.meters;

import dev.ringside.router.cache.CacheCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;

/** How often a router gave an answer again instead of asking the model, and what kept it from it. */
public final class CacheMeters extends SlotMeters<CacheCounts> {
    private static final String RESULT = "result";

    /** @param counts by slot; they go on counting */
    public CacheMeters(Supplier<Map<String, CacheCounts>> counts) {
        super(counts);
    }

    /** Counters for each slot, from the first request to a version whose answers are kept on. */
    @Override
    void show(String slot, CacheCounts count, MeterRegistry to) {
        for (CacheCounts.Read read : CacheCounts.Read.values()) {
            FunctionCounter.builder("ringside.cache.reads", count, c -> c.reads(read))
                    .description("Requests of slots that keep answers, by what came of looking for one")
                    .tags(SLOT, slot, RESULT, read.word())
                    .register(to);
        }
        for (CacheCounts.Write write : CacheCounts.Write.values()) {
            FunctionCounter.builder("ringside.cache.writes", count, c -> c.writes(write))
                    .description("Answers of models that were to be kept, by what came of it")
                    .tags(SLOT, slot, RESULT, write.word())
                    .register(to);
        }
        Gauge.builder("ringside.cache.given.up", count, c -> c.isOpen() ? 1 : 0)
                .description("1 while no request waits for Redis, as the last ones waited in vain")
                .tag(SLOT, slot)
                .register(to);
    }
}
