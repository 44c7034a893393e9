package dev.ringside.app.meters;

import dev.ringside.metrics.api.ArchiveResource.ArchiveProgress;
import dev.ringside.metrics.api.ArchiveResource.PartitionProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;

/** The state of the aggregator's Kafka Streams, and how far the archive is. */
public final class AggregatorMeters implements PartMeters {
    private final Supplier<Optional<KafkaStreams.State>> state;
    private final ArchiveProgress archive;
    private final List<Rows<PartitionProgress>> rows = new ArrayList<>();

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
        rows.add(new Rows<>(
                "ringside.archive.offset",
                "Everything in the partition before this offset is in published files",
                registry,
                PartitionProgress::archivedEndOffset));
        rows.add(new Rows<>(
                "ringside.archive.lag",
                "Records of the partition that are not archived yet",
                registry,
                p -> Math.max(0, p.endOffset() - p.archivedEndOffset())));
        rows.add(new Rows<>(
                "ringside.archive.files", "Files of the partition in the archive", registry, PartitionProgress::files));
    }

    private double is(KafkaStreams.State wanted) {
        return state.get().filter(wanted::equals).isPresent() ? 1 : 0;
    }

    @Override
    public void refresh() {
        Map<Tags, PartitionProgress> progress = archive.partitions().stream()
                .collect(Collectors.toMap(
                        p -> Tags.of("partition", Integer.toString(p.partition())), Function.identity()));
        rows.forEach(each -> each.show(progress));
    }
}
