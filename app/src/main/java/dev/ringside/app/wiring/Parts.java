package dev.ringside.app.wiring;

import dev.ringside.app.configuration.PlatformConfig;
import dev.ringside.app.configuration.RoleConfig;
import dev.ringside.app.http.StandstillsResource.Source;
import dev.ringside.app.kafka.FailurePolicy;
import dev.ringside.app.kafka.Standing;
import dev.ringside.app.kafka.TopicFollower;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.Meters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.app.meters.TopicMeters;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.serving.repository.RepositoryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The parts of this process, by its roles: started in order, fed from the topic {@code routing}, reported to the fleet,
 * stopped at the same time, but for the models, which end after the router.
 */
@Singleton
public final class Parts implements Source {
    /** How long a stop waits for what only speaks of the parts. */
    private static final Duration FIRST = Duration.ofSeconds(3);

    private static final String DEFINITION = "definition/";

    private final RoleConfig roles;
    private final PlatformConfig platform;
    private final Surroundings around;
    private final RepositoryConfig folder;
    private final Provider<TopicWriter> writer;
    private final MeterRegistry registry;
    private final List<Part> running = new ArrayList<>();
    private volatile List<Part> started = List.of();

    private volatile List<Feed> feeds = List.of();
    private volatile @Nullable TopicFollower routing;
    private @Nullable FleetReporter fleet;
    private @Nullable Meters meters;

    Parts(
            RoleConfig roles,
            RepositoryConfig folder,
            PlatformConfig platform,
            Surroundings around,
            Provider<TopicWriter> writer,
            MeterRegistry registry) {
        this.roles = roles;
        this.folder = folder;
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
            Provider<MetricsPart> metrics,
            Provider<FolderPart> models) {
        if (folder.models().isPresent()) {
            alone(models.get());
            return;
        }
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
        var shown = new ArrayList<PartMeters>();
        started.forEach(part -> shown.addAll(part.meters()));
        shown.add(new TopicMeters(this::standing, this::passedOver));
        meters = new Meters(shown, registry);
        var reporter = new FleetReporter(started, writer.get(), platform.fleetInterval());
        fleet = reporter;
        feeds = started.stream()
                .map(part -> new Feed(part, reporter::changed).start())
                .toList();
        routing = new TopicFollower(around.kafka(), Topics.ROUTING, FailurePolicy.SKIP, _ -> 0, this::route).start();
        reporter.start();
    }

    /** A part that needs nobody: no Kafka, no fleet. */
    private void alone(Part part) {
        running.add(part);
        started = List.copyOf(running);
        meters = new Meters(part.meters(), registry);
    }

    private void route(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (key.equals(RoutingTable.KEY)) {
            RoutingTable table = Json.read(record.value(), RoutingTable.class);
            feeds.forEach(feed -> feed.accept(table));
        } else if (key.equals(ClockTick.KEY)) {
            ClockTick tick = Json.read(record.value(), ClockTick.class);
            feeds.forEach(feed -> feed.accept(tick));
        } else if (key.startsWith(ExperimentEnded.KEY)) {
            ExperimentEnded ended = Json.read(record.value(), ExperimentEnded.class);
            feeds.forEach(feed -> feed.accept(ended));
        } else if (key.startsWith(DEFINITION)) {
            EpochDefinition definition = Json.read(record.value(), EpochDefinition.class);
            feeds.forEach(feed -> feed.accept(definition));
        }
    }

    @Override
    public List<String> notReady() {
        List<Part> parts = started;
        if (parts.isEmpty()) {
            return List.of("starting");
        }
        var why = new ArrayList<String>();
        parts.stream().map(Part::notReady).filter(Objects::nonNull).forEach(why::add);
        feeds.stream().map(Feed::failure).filter(Objects::nonNull).forEach(why::add);
        standing().stream().map(Standing::words).forEach(why::add);
        return why;
    }

    /** What else is to be known of them, by name. */
    Map<String, String> details() {
        Map<String, String> all = new TreeMap<>();
        started.forEach(part -> all.putAll(part.details()));
        return all;
    }

    @Override
    public List<Standing> standing() {
        var standing = new ArrayList<Standing>();
        started.forEach(part -> standing.addAll(part.standing()));
        TopicFollower follower = routing;
        if (follower != null) {
            standing.addAll(follower.standing());
        }
        return standing;
    }

    @Override
    public Map<String, Long> passedOver() {
        var passed = new TreeMap<String, Long>();
        started.forEach(part -> part.passedOver().forEach((topic, count) -> passed.merge(topic, count, Long::sum)));
        TopicFollower follower = routing;
        if (follower != null) {
            passed.merge(Topics.ROUTING, follower.passedOver(), Long::sum);
        }
        return passed;
    }

    /** The stop has begun, and for as long as {@code quarkus.shutdown.delay} says requests are answered still. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        started.forEach(Part::leave);
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
            feeds.forEach(feed -> first.add(new Stop("a feed", FIRST, feed)));
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
