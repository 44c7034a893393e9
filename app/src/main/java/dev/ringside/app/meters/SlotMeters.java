package dev.ringside.app.meters;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Meters of each slot, from the first time on at which there are counts of it.
 *
 * @param <C> what is counted of a slot; it goes on counting
 */
abstract class SlotMeters<C> implements PartMeters {
    /** The tag that names the slot. */
    static final String SLOT = "slot";

    private final Supplier<Map<String, C>> counts;
    private final Set<String> shown = new HashSet<>();
    private @Nullable MeterRegistry registry;

    SlotMeters(Supplier<Map<String, C>> counts) {
        this.counts = counts;
    }

    /** Binds those of a slot. */
    abstract void show(String slot, C counts, MeterRegistry to);

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
    }

    @Override
    public final void refresh() {
        MeterRegistry to = registry;
        if (to == null) {
            return;
        }
        counts.get().forEach((slot, count) -> {
            if (shown.add(slot)) {
                show(slot, count, to);
            }
        });
    }
}
