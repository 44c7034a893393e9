package dev.ringside.app.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.serving.catalog.VersionCounts;
import dev.ringside.serving.catalog.VersionCounts.Batch;
import dev.ringside.serving.catalog.VersionCounts.Distribution;
import dev.ringside.serving.catalog.VersionCounts.Stages;
import dev.ringside.serving.catalog.VersionCounts.Timed;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceMetersTest {
    @Test
    @SuppressWarnings("deprecation") // it is the one that Quarkus has
    void histogramsStandInPrometheusOwnForm() {
        var requests = new Distribution(
                List.of(Duration.ofMillis(1), Duration.ofMillis(5)), List.of(3L, 7L, 8L), Duration.ofMillis(40));
        var batches = List.of(
                new Batch(1, Timed.NONE, new Timed(4, Duration.ZERO), Timed.NONE),
                new Batch(3, Timed.NONE, new Timed(2, Duration.ZERO), Timed.NONE),
                new Batch(5_000, Timed.NONE, new Timed(1, Duration.ZERO), Timed.NONE));
        var counts = new VersionCounts(
                "eta", "v1", Map.of(), 7, 5_010, 0, 17, Stages.NONE, batches, requests, Distribution.NONE, null);
        var meters = new InferenceMeters(() -> List.of(counts));
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.bindTo(registry);
        meters.refresh();

        assertEquals(3, value(registry, "request_seconds_bucket", "0.001"));
        assertEquals(7, value(registry, "request_seconds_bucket", "0.005"));
        assertEquals(8, value(registry, "request_seconds_bucket", "+Inf"));
        assertEquals(8, value(registry, "request_seconds_count", null));
        assertEquals(0.04, value(registry, "request_seconds_sum", null), 1e-12);
        assertEquals(4, value(registry, "batch_rows_bucket", "1.0"));
        assertEquals(4, value(registry, "batch_rows_bucket", "2.0"));
        assertEquals(6, value(registry, "batch_rows_bucket", "4.0"));
        assertEquals(6, value(registry, "batch_rows_bucket", "1024.0"));
        assertEquals(7, value(registry, "batch_rows_count", null));
        assertEquals(5_010, value(registry, "batch_rows_sum", null));
        assertEquals(0, value(registry, "queue_seconds_count", null));
        assertEquals(17, value(registry, "queue_limit", null));
    }

    @SuppressWarnings("deprecation")
    private static double value(PrometheusMeterRegistry registry, String name, String bound) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("ringside_inference_" + name + "{"))
                .filter(line -> bound == null || line.contains("le=\"" + bound + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(registry.scrape()));
    }
}
