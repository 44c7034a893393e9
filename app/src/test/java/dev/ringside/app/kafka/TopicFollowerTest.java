package dev.ringside.app.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.metrics.DeadLetter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.DisplayName;
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
        try (var follower = new TopicFollower(
                consumer, "routing", FailurePolicy.SKIP, _ -> 0, record -> offsets.add(record.offset()))) {
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
        try (var follower = new TopicFollower(
                consumer, "routing", FailurePolicy.SKIP, _ -> 5, record -> offsets.add(record.offset()))) {
            follower.start();
            Standing standing = standing(follower);
            assertTrue(standing.reason().contains("expected at least 5"), standing.reason());
            assertEquals(List.of(), offsets);
        }
    }

    private static Standing standing(TopicFollower follower) throws InterruptedException {
        while (follower.standing().isEmpty()) {
            Thread.sleep(5);
        }
        return follower.standing().getFirst();
    }

    private static MockConsumer<byte[], byte[]> threeRecords(long begin) {
        var consumer = new MockConsumer<byte[], byte[]>("none");
        consumer.updatePartitions("routing", List.of(new PartitionInfo("routing", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, begin));
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        consumer.schedulePollTask(() -> {
            for (long offset = begin; offset < 3; offset++) {
                consumer.addRecord(record(offset));
            }
        });
        return consumer;
    }

    @Test
    @DisplayName("S19: who must not miss a record stands still before it, says so, and goes on when it can be taken")
    void stopStandsStillBeforeTheRecord() throws InterruptedException {
        var offsets = new CopyOnWriteArrayList<Long>();
        var broken = new AtomicBoolean(true);
        MockConsumer<byte[], byte[]> consumer = threeRecords(0);
        try (var follower = new TopicFollower(consumer, "routing", FailurePolicy.STOP, _ -> 0, record -> {
            if (record.offset() == 1 && broken.get()) {
                throw new IllegalArgumentException("no cell");
            }
            offsets.add(record.offset());
        })) {
            follower.start();
            Standing standing = standing(follower);
            assertEquals("routing", standing.topic());
            assertEquals(0, standing.partition());
            assertEquals(1, standing.offset());
            assertEquals("no cell", standing.reason());
            assertTrue(follower.awaitCaughtUp(Duration.ofSeconds(5)), "what stands still keeps nobody waiting");
            assertEquals(List.of(0L), offsets);
            broken.set(false);
            consumer.schedulePollTask(() -> {
                consumer.addRecord(record(1));
                consumer.addRecord(record(2));
            });
            while (offsets.size() < 3) {
                Thread.sleep(5);
            }
            assertEquals(List.of(0L, 1L, 2L), offsets);
            assertEquals(List.of(), follower.standing());
        }
    }

    @Test
    void skipPassesOverTheRecordAndCountsIt() throws InterruptedException {
        var offsets = new CopyOnWriteArrayList<Long>();
        try (var follower = new TopicFollower(threeRecords(0), "routing", FailurePolicy.SKIP, _ -> 0, record -> {
            if (record.offset() == 1) {
                throw new IllegalArgumentException("no table");
            }
            offsets.add(record.offset());
        })) {
            follower.start();
            assertTrue(follower.awaitCaughtUp(Duration.ofSeconds(20)));
            assertEquals(List.of(0L, 2L), offsets);
            assertEquals(1, follower.passedOver());
            assertEquals(List.of(), follower.standing());
        }
    }

    @Test
    void aRecordGoesToTheDeadLettersWhereThePolicySaysSo() throws InterruptedException {
        var letters = new CopyOnWriteArrayList<DeadLetter>();
        var policy = new FailurePolicy.ToDeadLetters(letter -> {
            letters.add(letter);
            return CompletableFuture.completedFuture(null);
        });
        try (var follower = new TopicFollower(threeRecords(0), "routing", policy, _ -> 0, record -> {
            if (record.offset() == 1) {
                throw new IllegalArgumentException("no outcome");
            }
        })) {
            follower.start();
            assertTrue(follower.awaitCaughtUp(Duration.ofSeconds(20)));
            assertEquals(1, letters.size());
            assertEquals("no outcome", letters.getFirst().reason());
            assertEquals(1, letters.getFirst().offset());
        }
    }

    @Test
    void recordsThatWereDeletedBeforeTheyWereReadAreAStandstill() throws InterruptedException {
        try (var follower = new TopicFollower(threeRecords(2), "routing", FailurePolicy.STOP, _ -> 1, _ -> {})) {
            follower.start();
            Standing standing = standing(follower);
            assertEquals(1, standing.offset());
            assertTrue(standing.reason().contains("deleted before they were read"), standing.reason());
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("routing", 0, offset, new byte[0], new byte[0]);
    }
}
