package dev.ringside.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Somebody else who writes to the installation's Kafka. */
final class ForeignClient implements AutoCloseable {
    private final Map<String, Object> connection = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param password null where none is asked for */
    ForeignClient(String servers, @Nullable String password) {
        connection.put("bootstrap.servers", servers);
        if (password != null) {
            connection.put("security.protocol", "SASL_PLAINTEXT");
            connection.put("sasl.mechanism", "PLAIN");
            connection.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ringside\" password=\""
                            + password + "\";");
        }
        producer = producer(Map.of());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<>(connection);
        settings.put("max.block.ms", 20_000);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes a record; returns its offset. */
    long send(String topic, @Nullable Integer partition, @Nullable String key, byte @Nullable [] value)
            throws Exception {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(topic, partition, bytes, value))
                .get()
                .offset();
    }

    /** Gives a topic more partitions. */
    void widen(String topic, int partitions) throws Exception {
        try (var admin = Admin.create(connection)) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    /** Writes a record in a transaction of its own. */
    void transaction(String topic, int partition, byte[] value, boolean commit) throws Exception {
        try (var own = producer(Map.of("transactional.id", "foreign-" + System.nanoTime()))) {
            own.initTransactions();
            own.beginTransaction();
            own.send(new ProducerRecord<>(topic, partition, null, value)).get();
            if (commit) {
                own.commitTransaction();
            } else {
                own.abortTransaction();
            }
        }
    }

    /** All values of a topic that are there and committed now; those without one are left out. */
    List<byte[]> values(String topic) {
        var settings = new HashMap<>(connection);
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var values = new ArrayList<byte[]>();
            while (!partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        values.add(record.value());
                    }
                }
            }
            return values;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
