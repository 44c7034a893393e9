package dev.ringside.app.meters;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.serving.catalog.VersionCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What each version is asked, under the names that Triton gives it: what was made to watch Triton can watch this. They
 * are registered as gauges, because a counter's name would get the suffix {@code _total}, which Triton's have not.
 */
public final class TritonMeters implements PartMeters {
    private final Supplier<List<VersionCounts>> counts;
    private final Map<MultiGauge, ToLongFunction<VersionCounts>> gauges = new LinkedHashMap<>();
    private final List<MultiGauge> failures = new ArrayList<>(1);

    /** @param counts of every version that this server has now */
    public TritonMeters(Supplier<List<VersionCounts>> counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "request.success", "Requests that were answered", VersionCounts::answered);
        gauge(registry, "count", "Rows that were inferred", VersionCounts::rows);
        gauge(registry, "exec.count", "Runs of the model", VersionCounts::runs);
        gauge(registry, "pending.request.count", "Requests that wait for a run", VersionCounts::waiting);
        gauge(
                registry,
                "request.duration.us",
                "Microseconds that the answered requests took, waiting included",
                c -> micros(c.answering()));
        gauge(
                registry,
                "compute.infer.duration.us",
                "Microseconds that the runs of the model took",
                c -> micros(c.running()));
        failures.add(multi("request.failure", "Requests that were not answered, by Triton's word for why", registry));
    }

    private void gauge(MeterRegistry registry, String name, String description, ToLongFunction<VersionCounts> value) {
        gauges.put(multi(name, description, registry), value);
    }

    private static MultiGauge multi(String name, String description, MeterRegistry registry) {
        return MultiGauge.builder("nv.inference." + name)
                .description(description)
                .register(registry);
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    @Override
    public void refresh() {
        List<VersionCounts> now = counts.get();
        gauges.forEach((gauge, value) -> {
            var rows = new ArrayList<MultiGauge.Row<?>>();
            now.forEach(version -> rows.add(MultiGauge.Row.of(tags(version), value.applyAsLong(version))));
            gauge.register(rows, true);
        });
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (VersionCounts version : now) {
            var byReason = new TreeMap<String, Long>();
            version.failed().forEach((cause, count) -> byReason.merge(reason(cause), count, Long::sum));
            byReason.forEach(
                    (reason, count) -> rows.add(MultiGauge.Row.of(tags(version).and("reason", reason), count)));
        }
        failures.forEach(gauge -> gauge.register(rows, true));
    }

    private static Tags tags(VersionCounts version) {
        return Tags.of("model", version.slot(), "version", version.version());
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case UNAVAILABLE -> "REJECTED";
            case DEADLINE -> "CANCELED";
            case FAILED -> "BACKEND";
            case MALFORMED, UNKNOWN_MODEL, TOO_LARGE, UNSUPPORTED -> "OTHER";
        };
    }
}
