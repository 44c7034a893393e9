package dev.ringside.app.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.feature.FeatureStore;
import dev.ringside.router.feature.Features;
import dev.ringside.router.feature.SlotFeatures;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // the registry is the one that Quarkus has
class FeatureMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static CompletableFuture<List<FeatureStore.Found>> read(List<String> keys, List<String> fields) {
        return keys.contains("user:gone")
                ? CompletableFuture.failedFuture(new IllegalStateException(fields + " are away"))
                : CompletableFuture.completedFuture(List.of(new FeatureStore.Found.Hash(List.of("1"))));
    }

    private static SlotFeatures slot() {
        var signature = new Signature(
                List.of(new TensorSpec("age", DataType.FP32, List.of(-1L, 1L))),
                List.of(new TensorSpec("score", DataType.FP32, List.of(-1L, 1L))));
        return Objects.requireNonNull(SlotFeatures.of(new SlotRoutes(
                "fare",
                "rider",
                "segment",
                List.of(),
                signature,
                Duration.ofSeconds(1),
                "salt",
                null,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                ContentLog.ALL,
                new FeatureSource(
                        FeatureSource.Origin.REDIS,
                        "user:{unit}",
                        List.of("age"),
                        Map.of("age", "0"),
                        FeatureSource.BUDGET))));
    }

    @Test
    void aSlotsValuesAreCountedFromItsFirstRequestOn() {
        try (var circuits = new Circuits()) {
            var features = new Features(FeatureMetersTest::read, circuits);
            var meters = new FeatureMeters(features::counts);
            meters.bindTo(registry);
            meters.refresh();
            assertNull(registry.find("ringside.features.found").meter());
            var request = new InferenceRequest(null, Map.of(), List.of(), List.of());
            features.complete(slot(), "here", "other", request);
            for (int i = 0; i < 11; i++) {
                features.complete(slot(), "gone", "other", request);
            }
            meters.refresh();
            assertEquals(
                    1,
                    registry.get("ringside.features.found")
                            .tag("slot", "fare")
                            .functionCounter()
                            .count());
            assertEquals(
                    11,
                    registry.get("ringside.features.defaulted")
                            .tags("slot", "fare", "reason", "away")
                            .functionCounter()
                            .count());
            assertEquals(1, registry.get("ringside.features.given.up").gauge().value());
        }
    }

    @Test
    void howLongRedisTookIsAHistogram() {
        var meters = new FeatureMeters(Map::of);
        meters.read(1);
        meters.bindTo(registry);
        meters.read(1_500_000);
        String page = registry.scrape();
        assertTrue(page.contains("ringside_features_read_seconds_bucket{le=\"0.001\",} 0.0"), page);
        assertTrue(page.contains("ringside_features_read_seconds_bucket{le=\"0.002\",} 1.0"), page);
    }
}
