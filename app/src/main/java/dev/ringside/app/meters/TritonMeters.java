package dev.ringside.app.meters;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.serving.catalog.VersionCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What each version is asked, under the names that Triton gives it: what was made to watch Triton can watch this. They
 * are registered as gauges, because a counter's name would get the suffix {@code _total}, which Triton's have not.
 */
public final class TritonMeters implements PartMeters {
    private final Supplier<List<VersionCounts>> counts;
    private final List<Rows<VersionCounts>> byVersion = new ArrayList<>();
    private final List<Rows<Long>> byReason = new ArrayList<>(1);

    /** @param counts of every version that this server has now */
    public TritonMeters(Supplier<List<VersionCounts>> counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        rows(registry, "request.success", "Requests that were answered", VersionCounts::answered);
        rows(registry, "count", "Rows that were inferred", VersionCounts::rows);
        rows(registry, "exec.count", "Runs of the model", VersionCounts::runs);
        rows(registry, "pending.request.count", "Requests that wait for a run", VersionCounts::waiting);
        rows(
                registry,
                "request.duration.us",
                "Microseconds that the answered requests took, waiting included",
                c -> micros(c.stages().answered()));
        rows(
                registry,
                "queue.duration.us",
                "Microseconds that requests waited for their runs",
                c -> micros(c.stages().queued()));
        rows(
                registry,
                "compute.input.duration.us",
                "Microseconds in which requests' inputs were laid where the model reads them",
                c -> micros(c.stages().input()));
        rows(
                registry,
                "compute.infer.duration.us",
                "Microseconds that requests' runs of the model took",
                c -> micros(c.stages().infer()));
        rows(
                registry,
                "compute.output.duration.us",
                "Microseconds in which requests' outputs were taken from where the model writes them",
                c -> micros(c.stages().output()));
        byReason.add(new Rows<>(
                "nv.inference.request.failure",
                "Requests that were not answered, by Triton's word for why",
                registry,
                Long::doubleValue));
    }

    private void rows(MeterRegistry registry, String name, String description, ToDoubleFunction<VersionCounts> value) {
        byVersion.add(new Rows<>("nv.inference." + name, description, registry, value));
    }

    private static long micros(VersionCounts.Timed timed) {
        return TimeUnit.NANOSECONDS.toMicros(timed.time().toNanos());
    }

    @Override
    public void refresh() {
        var versions = new HashMap<Tags, VersionCounts>();
        var failures = new HashMap<Tags, Long>();
        for (VersionCounts version : counts.get()) {
            Tags tags = Tags.of("model", version.slot(), "version", version.version());
            versions.put(tags, version);
            for (Cause cause : Cause.values()) {
                failures.merge(
                        tags.and("reason", reason(cause)), version.failed().getOrDefault(cause, 0L), Long::sum);
            }
        }
        byVersion.forEach(rows -> rows.show(versions));
        byReason.forEach(rows -> rows.show(failures));
    }

    private static String reason(Cause cause) {
        return switch (cause) {
            case UNAVAILABLE, LIMITED -> "REJECTED";
            case DEADLINE -> "CANCELED";
            case FAILED -> "BACKEND";
            case MALFORMED, UNKNOWN_MODEL, TOO_LARGE, UNSUPPORTED -> "OTHER";
        };
    }
}
