package dev.ringside.app.meters;

import dev.ringside.router.cache.CacheCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How often a router gave an answer again instead of asking the model, and what kept it from it. */
public final class CacheMeters implements PartMeters {
    private static final String SLOT = "slot";
    private static final String RESULT = "result";

    private final Supplier<Map<String, CacheCounts>> counts;
    private final Set<String> shown = new HashSet<>();
    private @Nullable MeterRegistry registry;

    /** @param counts by slot; they go on counting */
    public CacheMeters(Supplier<Map<String, CacheCounts>> counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
    }

    /** Counters for each slot, from the first request to a version whose answers are kept on. */
    @Override
    public void refresh() {
        MeterRegistry to = registry;
        if (to == null) {
            return;
        }
        counts.get().forEach((slot, count) -> {
            if (shown.add(slot)) {
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
        });
    }
}
