package dev.ringside.app.wiring;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.configuration.RoleConfig;
import dev.ringside.app.kafka.TopicFollower;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.Meters;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.RoutingTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The parts of this process, by its roles: started in order, fed from the topic {@code routing}, reported to the fleet,
 * stopped at the same time, but for the models, which end after the router.
 */
@Singleton
public final class Parts {
    /** How long a stop waits for what only speaks of the parts. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    private static final String DEFINITION = "definition/";

    private final RoleConfig roles;
    private final PlatformConfig platform;
    private final Surroundings around;
    private final TopicWriter writer;
    private final MeterRegistry registry;
    private final List<Part> running = new ArrayList<>();
    private volatile List<Part> started = List.of();

    private @Nullable TopicFollower routing;
    private @Nullable FleetReporter fleet;
    private @Nullable Meters meters;

    Parts(RoleConfig roles, PlatformConfig platform, Surroundings around, TopicWriter writer, MeterRegistry registry) {
        this.roles = roles;
        this.platform = platform;
        this.around = around;
        this.writer = writer;
        this.registry = registry;
    }

    void start(
            @Observes StartupEvent event,
            Provider<ExperimentsPart> experiments,
            Provider<ServingPart> serving,
            Provider<RouterPart> router,
            Provider<IngestPart> ingest,
            Provider<MetricsPart> metrics) {
        // The control plane first: it makes the topics, and says what there is.
        if (roles.experiments().enabled()) {
            running.add(experiments.get());
        }
        if (roles.serving().enabled()) {
            running.add(serving.get());
        }
        if (roles.metrics().enabled()) {
            running.add(metrics.get());
        }
        if (roles.ingest().enabled()) {
            running.add(ingest.get());
        }
        if (roles.router().enabled()) {
            running.add(router.get());
        }
        started = List.copyOf(running);
        meters = new Meters(
                started.stream().flatMap(part -> part.meters().stream()).toList(), registry);
        var reporter = new FleetReporter(started, writer, platform.fleetInterval());
        fleet = reporter;
        routing = new TopicFollower(around.kafka(), Topics.ROUTING, _ -> 0, record -> {
                    route(record);
                    reporter.changed();
                })
                .start();
        reporter.start();
    }

    private void route(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (key.equals(RoutingTable.KEY)) {
            RoutingTable table = Json.read(record.value(), RoutingTable.class);
            started.forEach(part -> part.accept(table));
        } else if (key.equals(ClockTick.KEY)) {
            ClockTick tick = Json.read(record.value(), ClockTick.class);
            started.forEach(part -> part.accept(tick));
        } else if (key.startsWith(DEFINITION)) {
            EpochDefinition definition = Json.read(record.value(), EpochDefinition.class);
            started.forEach(part -> part.accept(definition));
        }
    }

    /** What keeps this process from its work; empty if nothing does. */
    public List<String> notReady() {
        List<Part> parts = started;
        return parts.isEmpty()
                ? List.of("starting")
                : parts.stream().map(Part::notReady).filter(Objects::nonNull).toList();
    }

    void stop(@Observes ShutdownEvent event) {
        if (meters != null) {
            meters.close();
        }
        try {
            var first = new ArrayList<Stop>();
            if (routing != null) {
                first.add(new Stop("the reader of the routing table", FIRST, routing));
            }
            if (fleet != null) {
                first.add(new Stop("the report to the fleet", FIRST, fleet));
            }
            Stop.together(first);
            Stop.together(stops());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Stop> stops() {
        var stops = new LinkedHashMap<String, Stop>();
        running.forEach(part -> stops.put(part.name(), new Stop(part.name(), part.patience(), part::close)));
        Stop router = stops.get("router");
        Stop serving = stops.get("serving");
        if (router != null && serving != null) {
            // The models answer what the router has begun.
            stops.remove("serving");
            stops.put("router", router.then(serving));
        }
        return List.copyOf(stops.values());
    }
}
