package dev.ringside.app.meters;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The gauges of one name, one for each of the things that are there. A gauge stays the same for as long as its thing is
 * there, so that no scrape misses it while the others are renewed.
 */
final class Rows<T> {
    private final MultiGauge gauge;
    private final ToDoubleFunction<T> value;
    private volatile Map<Tags, T> latest = Map.of();

    Rows(String name, String description, MeterRegistry registry, ToDoubleFunction<T> value) {
        this.gauge = MultiGauge.builder(name).description(description).register(registry);
        this.value = value;
    }

    /** From now on these are there. */
    void show(Map<Tags, T> now) {
        latest = Map.copyOf(now);
        var rows = new ArrayList<MultiGauge.Row<?>>();
        now.keySet().forEach(tags -> rows.add(MultiGauge.Row.of(tags, () -> value(tags))));
        gauge.register(rows, false);
    }

    private double value(Tags tags) {
        T thing = latest.get(tags);
        return thing == null ? Double.NaN : value.applyAsDouble(thing);
    }
}
