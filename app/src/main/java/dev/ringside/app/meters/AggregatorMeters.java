package dev.ringside.app.meters;

import dev.ringside.metrics.api.ArchiveResource.ArchiveProgress;
import dev.ringside.metrics.api.ArchiveResource.PartitionProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** The state of the aggregator's Kafka Streams, and how far the archive is. */
public final class AggregatorMeters implements PartMeters {
    private final Supplier<Optional<KafkaStreams.State>> state;
    private final ArchiveProgress archive;
    private @Nullable MultiGauge archived;
    private @Nullable MultiGauge behind;
    private @Nullable MultiGauge files;

    /** @param state of Streams; empty before the first routing table */
    public AggregatorMeters(Supplier<Optional<KafkaStreams.State>> state, ArchiveProgress archive) {
        this.state = state;
        this.archive = archive;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (KafkaStreams.State each : KafkaStreams.State.values()) {
            Gauge.builder("ringside.streams.state", this, meters -> meters.is(each))
                    .description("1 for the state that the aggregator's Kafka Streams is in")
                    .tag("state", each.name())
                    .register(registry);
        }
        archived = MultiGauge.builder("ringside.archive.offset")
                .description("Everything in the partition before this offset is in published files")
                .register(registry);
        behind = MultiGauge.builder("ringside.archive.lag")
                .description("Records of the partition that are not archived yet")
                .register(registry);
        files = MultiGauge.builder("ringside.archive.files")
                .description("Files of the partition in the archive")
                .register(registry);
    }

    private double is(KafkaStreams.State wanted) {
        return state.get().filter(wanted::equals).isPresent() ? 1 : 0;
    }

    @Override
    public void refresh() {
        List<PartitionProgress> progress = archive.partitions();
        show(archived, progress, PartitionProgress::archivedEndOffset);
        show(behind, progress, p -> Math.max(0, p.endOffset() - p.archivedEndOffset()));
        show(files, progress, PartitionProgress::files);
    }

    private static void show(
            @Nullable MultiGauge gauge, List<PartitionProgress> progress, ToLongFunction<PartitionProgress> value) {
        if (gauge != null) {
            List<MultiGauge.Row<?>> rows = progress.stream()
                    .<MultiGauge.Row<?>>map(p -> MultiGauge.Row.of(
                            Tags.of("partition", Integer.toString(p.partition())), value.applyAsLong(p)))
                    .toList();
            gauge.register(rows, true);
        }
    }
}
