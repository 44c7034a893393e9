package dev.ringside.metrics.streams;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.metrics.attribution.Attribution;
import dev.ringside.metrics.attribution.Definitions;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The attribution as a Kafka Streams application, exactly once: one task for each partition of {@code unit-events}. */
public final class AttributionStreams {
    /** How long a transaction may stay open, if a mark lets very much fall due. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);

    private AttributionStreams() {}

    /**
     * Makes the application; whoever asks for it starts and closes it. The topics {@code unit-events}, {@code
     * kpi-moments}, {@code outcomes-late} and {@code dead-letter} must be there before it starts. A thread that dies, of a
     * definition that does not come for instance, is replaced and begins again at the last commit.
     *
     * @param partitions of {@code unit-events} and {@code kpi-moments}, fixed at install
     * @param unitOutcomes how many outcomes of one unit are kept until they are final
     * @param failed is told why a thread died
     */
    public static KafkaStreams create(
            StreamsSettings settings,
            int partitions,
            Definitions definitions,
            int unitOutcomes,
            Consumer<Throwable> failed) {
        var streams = new KafkaStreams(topology(partitions, definitions, unitOutcomes), properties(settings));
        streams.setUncaughtExceptionHandler(e -> {
            failed.accept(e);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        return streams;
    }

    static Topology topology(int partitions, Definitions definitions, int unitOutcomes) {
        var topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                Attribution.TOPIC,
                new WallclockTimestampExtractor(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Attribution.TOPIC);
        topology.addProcessor("attribution", new Supplier(partitions, definitions, unitOutcomes), Attribution.TOPIC);
        StreamPartitioner<byte[], KpiMessage> samePartition =
                (topic, key, message, count) -> Optional.of(Set.of(message.partition()));
        topology.addSink(
                AttributionProcessor.MOMENTS,
                AttributionProcessor.MOMENTS,
                new ByteArraySerializer(),
                json(),
                samePartition,
                "attribution");
        for (String topic : new String[] {AttributionProcessor.LATE, AttributionProcessor.DEAD}) {
            topology.addSink(topic, topic, new ByteArraySerializer(), json(), "attribution");
        }
        return topology;
    }

    private static <T> Serializer<T> json() {
        return (topic, value) -> Json.bytes(value);
    }

    /** Makes the processor of a task, with its stores. */
    private record Supplier(int partitions, Definitions definitions, int unitOutcomes)
            implements ProcessorSupplier<byte[], byte[], byte[], Object> {
        @Override
        public Processor<byte[], byte[], byte[], Object> get() {
            return new AttributionProcessor(partitions, definitions, unitOutcomes);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreState.builders();
        }
    }

    static Properties properties(StreamsSettings settings) {
        var properties = new Properties();
        properties.putAll(settings.connection());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateFolder().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, settings.cacheBytes());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        int session = (int) settings.sessionTimeout().toMillis();
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 3);
        return properties;
    }
}
