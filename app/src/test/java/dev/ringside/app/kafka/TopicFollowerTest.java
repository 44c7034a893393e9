package dev.ringside.app.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TopicFollowerTest {
    private static final TopicPartition PARTITION = new TopicPartition("routing", 0);

    @Test
    void aFailureDoesNotEndTheReading() throws InterruptedException {
        var away = new AtomicBoolean(true);
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {
            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
                if (away.getAndSet(false)) {
                    throw new TimeoutException("kafka is away");
                }
                return super.endOffsets(partitions);
            }
        };
        consumer.updatePartitions("routing", List.of(new PartitionInfo("routing", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        consumer.schedulePollTask(() -> consumer.addRecord(record(0)));
        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("cut off")));
        consumer.schedulePollTask(() -> consumer.addRecord(record(1)));
        var offsets = new CopyOnWriteArrayList<Long>();
        try (var follower = new TopicFollower(consumer, "routing", _ -> 0, record -> offsets.add(record.offset()))) {
            follower.start();
            assertTrue(follower.awaitCaughtUp(Duration.ofSeconds(20)));
            assertEquals(List.of(0L, 1L), offsets);
            assertEquals(2, follower.end(0));
        }
    }

    @Test
    void anotherLogIsNotTakenForTheOneThatWasRead() throws InterruptedException {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.updatePartitions("routing", List.of(new PartitionInfo("routing", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        consumer.schedulePollTask(() -> consumer.addRecord(record(0)));
        var offsets = new CopyOnWriteArrayList<Long>();
        try (var follower = new TopicFollower(consumer, "routing", _ -> 5, record -> offsets.add(record.offset()))) {
            follower.start();
            while (follower.failure() == null) {
                Thread.sleep(5);
            }
            assertTrue(String.valueOf(follower.failure()).contains("expected at least 5"), follower.failure());
            assertEquals(List.of(), offsets);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("routing", 0, offset, new byte[0], new byte[0]);
    }
}
