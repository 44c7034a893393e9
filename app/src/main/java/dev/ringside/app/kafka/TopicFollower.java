package dev.ringside.app.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic for ever, all partitions, committed records only, on a thread of its own. It assigns itself and commits
 * nothing: who follows a topic either reads it from the beginning or knows where it stood.
 */
public final class TopicFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TopicFollower.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String topic;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final IntToLongFunction from;
    private final Consumer<ConsumerRecord<byte[], byte[]>> receiver;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile @Nullable String failure;

    /**
     * @param from the first offset to read of a partition
     * @param receiver is called on the follower's thread only, in the order of each partition
     */
    public TopicFollower(
            KafkaConnection kafka,
            String topic,
            IntToLongFunction from,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        this(
                new KafkaConsumer<>(
                        kafka.with(Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                100)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topic,
                from,
                receiver);
    }

    TopicFollower(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String topic,
            IntToLongFunction from,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        this.consumer = consumer;
        this.topic = topic;
        this.from = from;
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().name("follow-" + topic).unstarted(this::run);
    }

    /** Starts reading. */
    public TopicFollower start() {
        thread.start();
        return this;
    }

    /** Waits until everything that stood in the topic when reading began was received. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether everything that stood in the topic when reading began was received. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** The offset that the partition's next record will have, as far as is known here; 0 if nothing is. */
    public long end(int partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Why nothing is read any more; null while reading goes on. */
    public @Nullable String failure() {
        return failure;
    }

    private void run() {
        try (consumer) {
            Map<TopicPartition, Long> behind = begun();
            while (!closed) {
                follow(behind);
            }
        } catch (WakeupException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: closed", topic);
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            LOG.log(System.Logger.Level.ERROR, "the reader of topic " + topic + " ended", e);
        }
    }

    /** Where each partition ended when reading began. */
    private Map<TopicPartition, Long> begun() {
        while (!closed) {
            try {
                Map<TopicPartition, Long> found = begin();
                found.forEach((at, end) -> ends.put(at.partition(), end));
                return new HashMap<>(found);
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                rest(e);
            }
        }
        throw new WakeupException();
    }

    private void follow(Map<TopicPartition, Long> behind) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                deliver(record);
            }
            if (caughtUp.getCount() > 0) {
                behind.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (behind.isEmpty()) {
                    caughtUp.countDown();
                }
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            rest(e);
        }
    }

    private void rest(KafkaException failure) {
        LOG.log(System.Logger.Level.WARNING, "topic {0} cannot be read, trying again: {1}", topic, failure.toString());
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<TopicPartition, Long> begin() {
        List<PartitionInfo> partitions = partitions();
        List<TopicPartition> assigned = new ArrayList<>();
        for (PartitionInfo partition : partitions) {
            assigned.add(new TopicPartition(topic, partition.partition()));
        }
        consumer.assign(assigned);
        Map<TopicPartition, Long> found = consumer.endOffsets(assigned);
        for (TopicPartition at : assigned) {
            long first = from.applyAsLong(at.partition());
            long end = found.getOrDefault(at, 0L);
            if (first > end) {
                // Kafka would begin at the earliest record, and what is read would be taken for what was read before.
                throw new IllegalStateException(
                        "topic " + topic + " partition " + at.partition() + " ends before offset "
                                + end + ", expected at least " + first
                                + ", as everything before that was read of it: its log was"
                                + " lost, or is another one; restore it, or move away what was kept of it");
            }
            consumer.seek(at, first);
        }
        return found;
    }

    private List<PartitionInfo> partitions() {
        while (!closed) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found != null && !found.isEmpty()) {
                return found;
            }
        }
        throw new WakeupException();
    }

    /** One record that a receiver cannot take must not end the reading of all that follow. */
    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        ends.merge(record.partition(), record.offset() + 1, Math::max);
        try {
            receiver.accept(record);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "topic " + topic + " partition " + record.partition() + " offset " + record.offset()
                            + ": passed over",
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (thread.isAlive() && thread != Thread.currentThread()) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
