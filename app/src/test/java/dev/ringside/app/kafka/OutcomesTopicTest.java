package dev.ringside.app.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.metrics.DeadLetter;
import dev.ringside.metrics.ingest.OutcomeIntake;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutcomesTopicTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.OUTCOMES, 0);
    private static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private volatile int acknowledgedAt = 1;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync() {
            switch (commits.getAndIncrement()) {
                case 0 -> throw new CommitFailedException();
                case 1 -> throw new TimeoutException("kafka is away");
                default -> super.commitSync();
            }
        }
    };
    private OutcomeIntake intake;
    private OutcomesTopic topic;

    @BeforeEach
    void open() {
        intake = new OutcomeIntake("ingest-1", 1, Clock.systemUTC(), false, (partition, key, value) -> {
            if (Json.read(value, UnitEvent.class) instanceof Outcome outcome) {
                taken.add(outcome.eventId());
                if (taken.size() >= acknowledgedAt) {
                    acknowledged.complete(null);
                }
                return acknowledged;
            }
            return CompletableFuture.completedFuture(null);
        });
        intake.start();
        intake.accept(new RoutingTable(1, Instant.now(), KEY, 1, List.of()));
        topic = new OutcomesTopic(consumer, intake, letter -> {
            refused.add(letter);
            return CompletableFuture.completedFuture(null);
        });
    }

    @AfterEach
    void close() {
        acknowledged.complete(null);
        topic.close();
        intake.close();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(Topics.OUTCOMES, 0, offset, new byte[0], value.getBytes(StandardCharsets.UTF_8));
    }

    private static String outcome(String id) {
        return "{\"event_id\":\"" + id + "\",\"unit\":\"u\",\"name\":\"late\",\"value\":1,\"time\":\"" + Instant.now()
                + "\"}";
    }

    @Test
    void outcomesThatAreReadTogetherWaitForTheLogTogether() throws InterruptedException {
        acknowledgedAt = 100;
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            for (int i = 0; i < 100; i++) {
                consumer.addRecord(record(i, outcome("e" + i)));
            }
        });
        topic.start();
        while (commits.get() == 0) {
            Thread.sleep(5);
        }
        assertEquals(100, taken.stream().distinct().count());
    }

    @Test
    void aCommitThatFailsDoesNotEndTheReading() throws InterruptedException {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.addRecord(record(0, outcome("e0")));
        });
        consumer.schedulePollTask(() -> consumer.addRecord(record(1, "not an outcome")));
        consumer.schedulePollTask(() -> consumer.addRecord(record(2, outcome("e2"))));
        topic.start();
        while (commits.get() < 3) {
            Thread.sleep(5);
        }
        topic.close();
        assertEquals(List.of("e0", "e2"), taken);
        assertEquals(1, refused.size());
        assertEquals(1, refused.getFirst().offset());
    }
}
