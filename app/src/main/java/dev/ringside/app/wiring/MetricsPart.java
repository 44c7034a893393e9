package dev.ringside.app.wiring;

import dev.ringside.app.kafka.FailurePolicy;
import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.kafka.Standing;
import dev.ringside.app.kafka.TopicFollower;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.AggregatorMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.Closing;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.ExperimentEnded;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.metrics.MetricsConfig;
import dev.ringside.metrics.api.ArchiveResource.ArchiveProgress;
import dev.ringside.metrics.api.ArchiveResource.PartitionProgress;
import dev.ringside.metrics.archive.Archiver;
import dev.ringside.metrics.attribution.Definitions;
import dev.ringside.metrics.streams.AttributionStreams;
import dev.ringside.metrics.streams.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Joining, counting and archiving. Both begin with the first routing table, because that says how many partitions there
 * are, and comes after the topics were made.
 */
final class MetricsPart implements Part, ArchiveProgress {
    /** The consumer group of the aggregator, and how the names of its changelogs and transactions begin. */
    static final String APPLICATION = "ringside-metrics";

    private static final System.Logger LOG = System.getLogger(MetricsPart.class.getName());
    private static final Duration STOP = Duration.ofSeconds(10);

    private final MetricsConfig config;
    private final KafkaConnection kafka;
    private final Path streamsFolder;
    private final short replication;
    private final Definitions definitions;
    private final Archiver archiver;
    private final ScheduledExecutorService flushes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("archive-flush").factory());
    private final @Nullable ArchiveSending sending;
    private final Identity identity;
    private final Clock wall;
    private volatile long routingVersion;
    private volatile @Nullable String failure;
    private @Nullable KafkaStreams streams;
    private @Nullable TopicFollower log;

    /** @param sending of the archive to where it is kept beyond this machine's disk; null if it is not */
    MetricsPart(MetricsConfig config, Surroundings around, short replication, @Nullable ArchiveSending sending)
            throws IOException {
        this.config = config;
        this.kafka = around.kafka();
        this.streamsFolder = around.folder("streams");
        this.replication = replication;
        this.identity = around.identity("metrics");
        this.wall = around.wall();
        this.definitions = new Definitions(config.definitionPatience());
        this.sending = sending;
        if (sending != null) {
            sending.restore();
        }
        this.archiver = new Archiver(
                around.folder("archive"),
                config.archiveRecords(),
                config.archiveBytes(),
                config.archiveAfter(),
                around::nanoTime,
                around.wall());
    }

    /** Throws where the aggregator cannot start; it is tried again with the same table. */
    @Override
    public synchronized void accept(RoutingTable table) {
        routingVersion = table.version();
        if (streams != null) {
            return;
        }
        KafkaStreams made = AttributionStreams.create(
                new StreamsSettings(
                        kafka.settings(),
                        APPLICATION,
                        streamsFolder,
                        config.threads(),
                        replication,
                        config.commitInterval(),
                        config.sessionTimeout(),
                        config.cacheBytes()),
                table.partitions(),
                definitions,
                config.unitOutcomes(),
                this::failed);
        try {
            made.start();
        } catch (RuntimeException e) {
            made.close(STOP);
            throw e;
        }
        streams = made;
        log = new TopicFollower(
                        kafka,
                        Topics.UNIT_EVENTS,
                        FailurePolicy.STOP,
                        archiver::next,
                        record -> archive(record.partition(), record.offset(), record.value()))
                .start();
        var _ = flushes.scheduleWithFixedDelay(this::flush, 500, 500, TimeUnit.MILLISECONDS);
        if (sending != null) {
            sending.start();
        }
    }

    private void failed(Throwable cause) {
        Throwable first = cause;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        failure = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        LOG.log(System.Logger.Level.ERROR, "the aggregator begins again at its last commit", cause);
    }

    private void archive(int partition, long offset, byte @Nullable [] value) {
        try {
            archiver.accept(partition, offset, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void flush() {
        try {
            archiver.flushIfDue();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the archive could not be written, trying again", e);
        }
    }

    @Override
    public void accept(EpochDefinition definition) {
        definitions.accept(definition);
    }

    @Override
    public void accept(ExperimentEnded ended) {
        definitions.end(ended);
    }

    @Override
    public List<PartitionProgress> partitions() {
        TopicFollower follower;
        synchronized (this) {
            follower = log;
        }
        return archiver.progress().stream()
                .map(p -> new PartitionProgress(
                        p.partition(), p.next(), follower == null ? p.next() : follower.end(p.partition()), p.files()))
                .toList();
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public synchronized @Nullable String notReady() {
        if (streams == null) {
            return "metrics: the aggregator is waiting for the routing table";
        }
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return "metrics: the aggregator is " + streams.state() + (failure == null ? "" : ": " + failure);
        }
        return null;
    }

    @Override
    public List<Standing> standing() {
        TopicFollower follower;
        synchronized (this) {
            follower = log;
        }
        var standing = new ArrayList<Standing>(follower == null ? List.of() : follower.standing());
        var known = standing.stream().map(Standing::partition).toList();
        archiver.failures().stream()
                .filter(f -> !known.contains(f.partition()))
                .forEach(f -> standing.add(
                        new Standing(Topics.UNIT_EVENTS, f.partition(), f.offset(), f.reason(), f.since())));
        return standing;
    }

    @Override
    public FleetReport report() {
        return new FleetReport(
                identity.id(),
                "metrics",
                identity.boot(),
                wall.instant(),
                routingVersion,
                null,
                List.of(),
                null,
                List.of(),
                Map.of(),
                false);
    }

    @Override
    public List<PartMeters> meters() {
        return List.of(new AggregatorMeters(this::state, this));
    }

    private synchronized Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(streams).map(KafkaStreams::state);
    }

    @Override
    public void close() throws IOException {
        KafkaStreams running;
        TopicFollower follower;
        synchronized (this) {
            running = streams;
            follower = log;
        }
        var closing = new Closing();
        closing.close(follower);
        if (running != null) {
            closing.run(() -> running.close(STOP));
        }
        closing.close(flushes);
        closing.close(archiver);
        closing.close(sending);
        closing.close(identity);
        closing.end("metrics");
    }
}
