package dev.ringside.app.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.moments.KpiMessage.Snapshot;
import dev.ringside.contract.moments.KpiMessage.Totals;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.store.Changes;
import dev.ringside.metrics.api.ArchiveResource.PartitionProgress;
import dev.ringside.router.route.Counters.Answered;
import dev.ringside.router.route.Counters.Fallbacks;
import dev.ringside.router.route.Counters.Result;
import dev.ringside.serving.catalog.VersionCounts;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void everyMeterSaysWhatItIs() {
        assertTrue(!registry.getMeters().isEmpty());
        for (Meter meter : registry.getMeters()) {
            String description = meter.getId().getDescription();
            assertTrue(description != null && !description.isBlank(), meter.getId() + " has no description");
        }
    }

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
    }

    private static FleetReport report(Map<String, Long> counters, FleetReport.Spool spool) {
        return new FleetReport("r1", "router", 1, NOW, 7, null, List.of(), spool, List.of(), counters, false);
    }

    @Test
    void aRouterShowsWhatItAnsweredWhatFellBackAndItsSpool() {
        var fallbacks = new ArrayList<Fallbacks>();
        var answers = new HashMap<Answered, LongAdder>();
        var meters = new RouterMeters(
                () -> report(Map.of("predictions", 12L, "failed", 2L), new FleetReport.Spool(3, 900, true)),
                () -> fallbacks,
                () -> answers,
                () -> Optional.of(Duration.ofMillis(1500)));
        meters.bindTo(registry);
        assertEquals(12, value("ringside.router.predictions"));
        assertEquals(2, value("ringside.router.failed"));
        assertEquals(0, value("ringside.router.without_unit"));
        assertEquals(3, value("ringside.router.spool.pending"));
        assertEquals(900, value("ringside.router.spool.size"));
        assertEquals(1, value("ringside.router.spool.full"));
        assertEquals(7, value("ringside.router.table.version"));
        assertEquals(1.5, value("ringside.router.table.age"));
        meters.refresh();
        assertNull(registry.find("ringside.router.fallbacks").meter());
        fallbacks.add(new Fallbacks("eta", "PDX", "better", "challenger", "v2", "deadline", 4, "late"));
        fallbacks.add(new Fallbacks("eta", "PDX", null, null, "v3", "failed", 1, "broken"));
        meters.refresh();
        meters.refresh();
        assertEquals(4, value("ringside.router.fallbacks", "variant", "challenger", "reason", "deadline"));
        assertEquals(1, value("ringside.router.fallbacks", "version", "v3", "variant", ""));
        fallbacks.set(0, new Fallbacks("eta", "PDX", "better", "challenger", "v2", "deadline", 5, "late"));
        assertEquals(5, value("ringside.router.fallbacks", "variant", "challenger", "reason", "deadline"));
        var served = new LongAdder();
        answers.put(new Answered("eta", "PDX", "better", "challenger", Result.SERVED, null), served);
        answers.put(new Answered("eta", "PDX", "better", "challenger", Result.FELL_BACK, "failed"), new LongAdder());
        meters.refresh();
        served.add(3);
        assertEquals(3, value("ringside.router.answers", "variant", "challenger", "result", "served", "reason", ""));
        assertEquals(0, value("ringside.router.answers", "result", "fell_back", "reason", "failed"));
    }

    @Test
    void aRouterWithoutATableHasNoAgeToShow() {
        var meters = new RouterMeters(() -> report(Map.of(), null), List::of, Map::of, Optional::empty);
        meters.bindTo(registry);
        assertTrue(Double.isNaN(value("ringside.router.table.age")));
        assertEquals(0, value("ringside.router.spool.pending"));
    }

    @Test
    void ingestShowsWhatItTookAndRefused() {
        var meters = new IngestMeters(() -> report(Map.of("accepted", 8L, "refused", 1L), null));
        meters.bindTo(registry);
        assertEquals(8, value("ringside.ingest.accepted"));
        assertEquals(1, value("ringside.ingest.refused"));
    }

    @Test
    void aModelServerShowsEachVersionThatItShouldHaveAndForgetsThoseThatWent() {
        var versions =
                new ArrayList<>(List.of(new LoadedVersion("eta", "v1", true, null), loading("v2"), loading("v3")));
        var meters = new ServingMeters(() -> versions);
        meters.bindTo(registry);
        meters.refresh();
        assertEquals(1, value("ringside.serving.versions", "ready", "true"));
        assertEquals(2, value("ringside.serving.versions", "ready", "false"));
        assertEquals(1, value("ringside.serving.version.ready", "model", "eta", "version", "v1"));
        assertEquals(0, value("ringside.serving.version.ready", "version", "v2"));
        versions.removeLast();
        meters.refresh();
        assertNull(registry.find("ringside.serving.version.ready")
                .tag("version", "v3")
                .meter());
    }

    private static LoadedVersion loading(String version) {
        return new LoadedVersion("eta", version, false, "loading");
    }

    private static VersionCounts counts(long answered, Map<Cause, Long> failed) {
        var stages = new VersionCounts.Stages(
                timed(answered, 7),
                VersionCounts.Timed.NONE,
                timed(answered, 1),
                timed(answered, 2),
                timed(answered, 6),
                timed(answered, 3));
        return new VersionCounts(
                "eta",
                "v1",
                failed,
                answered,
                10 * answered,
                1,
                256,
                stages,
                List.of(),
                VersionCounts.Distribution.NONE,
                VersionCounts.Distribution.NONE,
                null);
    }

    private static VersionCounts.Timed timed(long count, long millis) {
        return new VersionCounts.Timed(count, Duration.ofMillis(millis));
    }

    @Test
    void aVersionsCountsHaveTritonsNamesAndReasonsAndGoWithTheVersion() {
        var versions = new ArrayList<VersionCounts>();
        var meters = new TritonMeters(() -> versions);
        meters.bindTo(registry);
        versions.add(counts(5, Map.of(Cause.FAILED, 1L, Cause.MALFORMED, 2L, Cause.UNSUPPORTED, 3L)));
        meters.refresh();
        assertEquals(5, value("nv.inference.request.success", "model", "eta", "version", "v1"));
        assertEquals(1, value("nv.inference.request.failure", "reason", "BACKEND"));
        assertEquals(5, value("nv.inference.request.failure", "reason", "OTHER"));
        Meter before = registry.get("nv.inference.request.success").meter();
        versions.set(0, counts(6, Map.of()));
        meters.refresh();
        assertEquals(6, value("nv.inference.request.success"));
        assertSame(before, registry.get("nv.inference.request.success").meter(), "a scrape may come at any time");
        versions.set(
                0,
                new VersionCounts(
                        "eta",
                        "v2",
                        Map.of(),
                        0,
                        0,
                        0,
                        0,
                        VersionCounts.Stages.NONE,
                        List.of(),
                        VersionCounts.Distribution.NONE,
                        VersionCounts.Distribution.NONE,
                        null));
        meters.refresh();
        assertEquals(0, value("nv.inference.request.success", "version", "v2"));
        assertNull(registry.find("nv.inference.request.success")
                .tag("version", "v1")
                .meter());
    }

    @Test
    void theAggregatorShowsItsStateAndTheArchivesProgress() {
        var meters = new AggregatorMeters(
                () -> Optional.of(KafkaStreams.State.RUNNING), () -> List.of(new PartitionProgress(2, 90, 100, 3)));
        meters.bindTo(registry);
        meters.refresh();
        assertEquals(1, value("ringside.streams.state", "state", "RUNNING"));
        assertEquals(0, value("ringside.streams.state", "state", "ERROR"));
        assertEquals(90, value("ringside.archive.offset", "partition", "2"));
        assertEquals(10, value("ringside.archive.lag", "partition", "2"));
        assertEquals(3, value("ringside.archive.files", "partition", "2"));
    }

    @Test
    void theControlPlaneShowsHowFarEachPartitionIsCounted() {
        var ledger = new KpiLedger(2, new Changes());
        var meters = new ControlMeters(ledger, 2, () -> 6, Clock.fixed(NOW, ZoneOffset.UTC));
        meters.bindTo(registry);
        ledger.accept(
                new Snapshot(
                        1,
                        NOW.minusMillis(2500),
                        5,
                        List.of(),
                        new Totals(10, 0, 0, Map.of(OutcomeClass.COUNTED, 7L, OutcomeClass.LATE, 2L))),
                1);
        assertEquals(NOW.getEpochSecond() - 2.5, value("ringside.horizon", "partition", "1"));
        assertEquals(2.5, value("ringside.horizon.lag", "partition", "1"));
        assertTrue(Double.isNaN(value("ringside.horizon.lag", "partition", "0")));
        assertEquals(7, value("ringside.outcomes", "class", "counted"));
        assertEquals(0, value("ringside.outcomes", "class", "duplicates"));
        assertEquals(6, value("ringside.looks"));
    }

    @Test
    @SuppressWarnings("deprecation") // it is the one that Quarkus has
    void noTwoOfThemHaveOneNameForPrometheus() {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var answers = Map.of(new Answered("eta", "PDX", null, null, Result.SERVED, "no_row"), new LongAdder());
        var fallback = new Fallbacks("eta", "PDX", null, null, "v3", "failed", 1, "broken");
        List<PartMeters> all = List.of(
                new RouterMeters(
                        () -> report(Map.of("spool_full", 9L), null),
                        () -> List.of(fallback),
                        () -> answers,
                        Optional::empty),
                new IngestMeters(() -> report(Map.of(), null)),
                new ServingMeters(() -> List.of(loading("v1"))),
                new TritonMeters(() -> List.of(counts(5, Map.of(Cause.UNAVAILABLE, 2L)))),
                new AggregatorMeters(Optional::empty, () -> List.of(new PartitionProgress(0, 1, 2, 3))),
                new ControlMeters(new KpiLedger(2, new Changes()), 2, () -> 6, Clock.fixed(NOW, ZoneOffset.UTC)));
        for (PartMeters meters : all) {
            meters.bindTo(registry);
            meters.bindTo(prometheus);
            meters.refresh();
        }
        String page = prometheus.scrape();
        for (String line : List.of(
                "ringside_router_not_enrolled_total 9.0",
                "ringside_router_spool_full 0.0",
                "ringside_router_spool_size_bytes 0.0",
                "ringside_router_fallbacks_total{experiment=\"\",reason=\"failed\",segment=\"PDX\",",
                "ringside_router_answers_total{experiment=\"\",reason=\"no_row\",result=\"served\",segment=\"PDX\",",
                "nv_inference_request_success{model=\"eta\",version=\"v1\",} 5.0",
                "nv_inference_request_failure{model=\"eta\",reason=\"REJECTED\",version=\"v1\",} 2.0",
                "nv_inference_count{model=\"eta\",version=\"v1\",} 50.0",
                "nv_inference_exec_count{model=\"eta\",version=\"v1\",} 5.0",
                "nv_inference_pending_request_count{model=\"eta\",version=\"v1\",} 1.0",
                "nv_inference_request_duration_us{model=\"eta\",version=\"v1\",} 7000.0",
                "nv_inference_queue_duration_us{model=\"eta\",version=\"v1\",} 1000.0",
                "nv_inference_compute_input_duration_us{model=\"eta\",version=\"v1\",} 2000.0",
                "nv_inference_compute_infer_duration_us{model=\"eta\",version=\"v1\",} 6000.0",
                "nv_inference_compute_output_duration_us{model=\"eta\",version=\"v1\",} 3000.0",
                "ringside_serving_version_ready{model=\"eta\",version=\"v1\",} 0.0",
                "ringside_archive_lag{partition=\"0\",} 1.0",
                "ringside_horizon_lag_seconds{partition=\"1\",} NaN",
                "ringside_looks_total 6.0")) {
            assertTrue(page.contains(line), line + " is missing in " + page);
        }
    }

    @Test
    void inAReplayThereIsNoLagToShow() {
        new ControlMeters(new KpiLedger(1, new Changes()), 1, () -> 0, null).bindTo(registry);
        assertNull(registry.find("ringside.horizon.lag").meter());
    }
}
