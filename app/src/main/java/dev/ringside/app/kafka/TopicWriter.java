package dev.ringside.app.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records that are acknowledged by all in-sync replicas, in order, each once. */
public final class TopicWriter implements AutoCloseable {
    /** Never gives up: what is sent later never overtakes what was sent before. */
    public static final Duration FOR_EVER = Duration.ofMillis(Integer.MAX_VALUE);

    private static final Duration LAST = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Opens a connection; Kafka may be away.
     *
     * @param deliveryTimeout when a record that is not acknowledged counts as failed
     */
    public TopicWriter(KafkaConnection kafka, Duration deliveryTimeout) {
        this.producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        2,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) deliveryTimeout.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        16L << 20)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes to an explicit partition. */
    public CompletableFuture<Void> write(String topic, int partition, byte @Nullable [] key, byte[] value) {
        return send(new ProducerRecord<>(topic, partition, key, value));
    }

    /** Writes under a key, to the topic's partition for it. */
    public CompletableFuture<Void> write(String topic, @Nullable String key, byte[] value) {
        return send(new ProducerRecord<>(topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        var acknowledged = new CompletableFuture<Void>();
        try {
            var _ = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    /** Whoever needed an acknowledgement has waited for it before. */
    @Override
    public void close() {
        producer.close(LAST);
    }
}
