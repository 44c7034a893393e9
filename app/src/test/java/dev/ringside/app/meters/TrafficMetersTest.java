package dev.ringside.app.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.router.cache.AnswerCache;
import dev.ringside.router.cache.AnswerStore;
import dev.ringside.router.cache.CachedVersion;
import dev.ringside.router.circuit.Circuits;
import dev.ringside.router.limit.RequestLimits;
import dev.ringside.router.limit.SharedBuckets;
import dev.ringside.router.limit.SlotLimit;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // the registry is the one that Quarkus has
class TrafficMetersTest {
    private static final VersionRoute FILE = new VersionRoute("a".repeat(64), "b".repeat(64), List.of("x"));
    private static final SlotRoutes SLOT = new SlotRoutes(
                    "fare",
                    "rider",
                    "segment",
                    List.of(),
                    new Signature(
                            List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, 1L))),
                            List.of(new TensorSpec("y", DataType.FP32, List.of(-1L, 1L)))),
                    Duration.ofSeconds(1),
                    "salt",
                    null,
                    Map.of(),
                    Map.of("v1", FILE),
                    List.of(),
                    List.of())
            .with(
                    new RequestLimit(1, 3, RequestLimit.By.SLOT, Duration.ofMillis(20)),
                    new AnswerReuse(Duration.ofMinutes(1), Duration.ofMillis(20)));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Circuits circuits = new Circuits();

    @AfterEach
    void close() {
        circuits.close();
    }

    /** Buckets and answers that are away. */
    private static final class Away implements SharedBuckets, AnswerStore {
        @Override
        public CompletableFuture<Duration> take(Bucket bucket) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }

        @Override
        public CompletableFuture<?> look(Bucket bucket) {
            return take(bucket);
        }

        @Override
        public CompletableFuture<Optional<byte[]>> read(String key) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }

        @Override
        public CompletableFuture<?> write(String key, byte[] answer, Duration ttl) {
            return read(key);
        }
    }

    private double count(String name, String... tags) {
        return registry.get(name)
                .tag("slot", "fare")
                .tags(tags)
                .functionCounter()
                .count();
    }

    @Test
    void whoCountsASlotsRequestsIsShownFromItsFirstOn() {
        var limits = new RequestLimits(new Away(), circuits, () -> 0);
        var meters = new LimitMeters(limits::counts);
        meters.bindTo(registry);
        meters.refresh();
        assertNull(registry.find("ringside.limits.admitted").meter());
        SlotLimit limit = Objects.requireNonNull(SlotLimit.of(InstallKey.parse("0".repeat(32)), SLOT));
        for (int i = 0; i < 3; i++) {
            limits.admit(limit, null);
        }
        for (int i = 0; i < 8; i++) {
            assertThrows(InferenceFailure.class, () -> limits.admit(limit, null));
        }
        meters.refresh();
        assertEquals(3, count("ringside.limits.admitted", "counted", "local_away"));
        assertEquals(8, count("ringside.limits.refused", "counted", "local_away"));
        assertEquals(0, count("ringside.limits.admitted", "counted", "shared"));
        assertEquals(1, registry.get("ringside.limits.given.up").gauge().value());
    }

    @Test
    void whatCameOfTheCacheIsShownFromTheFirstRequestOn() {
        var cache = new AnswerCache(new Away(), circuits);
        var meters = new CacheMeters(cache::counts);
        meters.bindTo(registry);
        meters.refresh();
        assertNull(registry.find("ringside.cache.reads").meter());
        var request = new InferenceRequest(null, Map.of(), List.of(Tensor.column("x", 1f)), List.of());
        var response = new InferenceResponse("fare", "v1", null, Map.of(), List.of());
        cache.answer(
                CachedVersion.of(SLOT, FILE),
                Call.of(request, Deadline.in(Duration.ofSeconds(1), System::nanoTime)),
                () -> response);
        meters.refresh();
        assertEquals(1, count("ringside.cache.reads", "result", "away"));
        assertEquals(0, count("ringside.cache.reads", "result", "hit"));
        assertEquals(0, count("ringside.cache.writes", "result", "kept"));
        assertEquals(0, registry.get("ringside.cache.given.up").gauge().value());
    }
}
