package dev.ringside.app.wiring;

import dev.ringside.app.kafka.KafkaConnection;
import dev.ringside.app.kafka.TopicFollower;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.AggregatorMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.kpi.EpochDefinition;
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
import java.time.Duration;
import java.util.List;
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
    private @Nullable KafkaStreams streams;
    private @Nullable TopicFollower log;

    MetricsPart(MetricsConfig config, Surroundings around, short replication) throws IOException {
        this.config = config;
        this.kafka = around.kafka();
        this.streamsFolder = around.folder("streams");
        this.replication = replication;
        this.definitions = new Definitions(config.definitionPatience());
        this.archiver = new Archiver(
                around.folder("archive"), config.archiveRecords(), config.archiveAfter(), around::nanoTime);
    }

    @Override
    public synchronized void accept(RoutingTable table) {
        if (streams != null) {
            return;
        }
        streams = AttributionStreams.create(
                new StreamsSettings(
                        kafka.settings(),
                        "ringside-metrics",
                        streamsFolder,
                        config.threads(),
                        replication,
                        config.commitInterval(),
                        config.sessionTimeout(),
                        config.cacheBytes()),
                table.partitions(),
                definitions);
        streams.start();
        log = new TopicFollower(
                        kafka,
                        Topics.UNIT_EVENTS,
                        archiver::next,
                        record -> archive(record.partition(), record.offset(), record.value()))
                .start();
        var _ = flushes.scheduleWithFixedDelay(this::flush, 500, 500, TimeUnit.MILLISECONDS);
    }

    private void archive(int partition, long offset, byte[] value) {
        try {
            archiver.accept(partition, offset, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            archiver.flushIfDue();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the archive could not be written, trying again", e);
        }
    }

    @Override
    public void accept(EpochDefinition definition) {
        definitions.accept(definition);
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
        if (streams == null || streams.state() != KafkaStreams.State.RUNNING) {
            return "metrics: the aggregator is "
                    + (streams == null ? "waiting for the routing table" : streams.state());
        }
        String failure = log == null ? null : log.failure();
        return failure == null ? null : "metrics: the archive does not go on: " + failure;
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
        if (follower != null) {
            follower.close();
        }
        if (running != null) {
            running.close(STOP);
        }
        flushes.close();
        archiver.close();
    }
}
