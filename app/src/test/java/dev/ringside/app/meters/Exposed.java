package dev.ringside.app.meters;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.store.Changes;
import dev.ringside.metrics.api.ArchiveResource.PartitionProgress;
import dev.ringside.serving.catalog.VersionCounts;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that stand on the page for Prometheus. */
public final class Exposed {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private Exposed() {}

    /** Those of all roles. */
    @SuppressWarnings("deprecation") // it is the one that Quarkus has
    public static Set<String> names() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var report = new FleetReport("r1", "router", 1, NOW, 7, null, List.of(), null, List.of(), Map.of(), false);
        var counts = new VersionCounts(
                "eta",
                "v1",
                Map.of(),
                1,
                1,
                1,
                256,
                VersionCounts.Stages.NONE,
                List.of(),
                VersionCounts.Distribution.NONE,
                VersionCounts.Distribution.NONE,
                null);
        List<PartMeters> all = List.of(
                new RouterMeters(() -> report, List::of, Map::of, Optional::empty),
                new IngestMeters(() -> report),
                new ServingMeters(List::of),
                new TritonMeters(() -> List.of(counts)),
                new InferenceMeters(() -> List.of(counts)),
                new AggregatorMeters(Optional::empty, () -> List.of(new PartitionProgress(0, 1, 2, 3))),
                new ControlMeters(new KpiLedger(2, new Changes()), 2, () -> 6, Clock.fixed(NOW, ZoneOffset.UTC)),
                new TopicMeters(List::of, Map::of));
        for (PartMeters meters : all) {
            meters.bindTo(registry);
            meters.refresh();
        }
        var names = new TreeSet<String>();
        registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
        return names;
    }
}
