package dev.ringside.app.kafka;

import java.time.Clock;
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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic for ever, all partitions, committed records only, on a thread of its own. It assigns itself and commits
 * nothing: who follows a topic either reads it from the beginning or knows where it stood. Its {@link FailurePolicy} says
 * what becomes of a record that the receiver cannot take.
 */
public final class TopicFollower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TopicFollower.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Records may have a megabyte each, and a process some hundred. */
    private static final int FETCH_BYTES = 8 << 20;

    private final String topic;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final FailurePolicy policy;
    private final Standstills standstills;
    private final IntToLongFunction from;
    private final Consumer<ConsumerRecord<byte[], byte[]>> receiver;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    /** By partition that stands still, when it is tried again; on the follower's thread only. */
    private final Map<TopicPartition, Long> rests = new HashMap<>();

    private volatile boolean closed;

    /**
     * @param policy what is done with a record that the receiver throws at
     * @param from the first offset to read of a partition
     * @param receiver is called on the follower's thread only, in the order of each partition
     */
    public TopicFollower(
            KafkaConnection kafka,
            String topic,
            FailurePolicy policy,
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
                                "none",
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                FETCH_BYTES,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                100)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topic,
                policy,
                from,
                receiver);
    }

    TopicFollower(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String topic,
            FailurePolicy policy,
            IntToLongFunction from,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        this.consumer = consumer;
        this.topic = topic;
        this.policy = policy;
        this.standstills = new Standstills(topic, Clock.systemUTC());
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

    /** What of the topic is not read any more, and why. */
    public List<Standing> standing() {
        return standstills.list();
    }

    /** How many records were passed over. */
    public long passedOver() {
        return standstills.passes();
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
            LOG.log(System.Logger.Level.ERROR, "the reader of topic " + topic + " ended", e);
            standstills.beginAll(e);
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
            tryAgain();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition at : records.partitions()) {
                deliver(at, records.records(at));
            }
            standstills.endAll();
            if (caughtUp.getCount() > 0) {
                behind.entrySet()
                        .removeIf(end -> standstills.stands(end.getKey().partition())
                                || consumer.position(end.getKey()) >= end.getValue());
                if (behind.isEmpty()) {
                    caughtUp.countDown();
                }
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::deleted);
        } catch (KafkaException e) {
            rest(e);
        }
    }

    /** In the order of a partition; where one cannot be taken, those behind it wait or follow, as the policy says. */
    private void deliver(TopicPartition at, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ends.merge(record.partition(), record.offset() + 1, Math::max);
            try {
                take(record);
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "topic " + topic + " stands still", e);
                standstills.begin(record.partition(), record.offset(), e);
                consumer.pause(List.of(at));
                consumer.seek(at, record.offset());
                rests.put(at, System.nanoTime() + PAUSE.toNanos());
                return;
            }
            standstills.end(record.partition());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            receiver.accept(record);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            switch (policy) {
                case FailurePolicy.Stop stop -> throw e;
                case FailurePolicy.Skip skip -> {
                    standstills.passedOver();
                    LOG.log(System.Logger.Level.ERROR, at(record) + ": passed over", e);
                }
                case FailurePolicy.ToDeadLetters letters -> {
                    letters.write(record, String.valueOf(e.getMessage()));
                    standstills.passedOver();
                }
            }
        }
    }

    private static String at(ConsumerRecord<?, ?> record) {
        return "topic " + record.topic() + " partition " + record.partition() + " offset " + record.offset();
    }

    private void tryAgain() {
        long now = System.nanoTime();
        rests.entrySet().removeIf(rest -> {
            boolean over = now - rest.getValue() >= 0;
            if (over) {
                consumer.resume(List.of(rest.getKey()));
            }
            return over;
        });
    }

    /** The log begins behind the offset that is needed. */
    private void deleted(TopicPartition at, long needed) {
        switch (policy) {
            case FailurePolicy.Stop stop -> {
                consumer.pause(List.of(at));
                standstills.begin(
                        at.partition(),
                        needed,
                        new IllegalStateException("expected the record of that offset, found that the log begins behind"
                                + " it: records were deleted before they were read here; restore the log, or move away"
                                + " what was kept of it and read anew"));
            }
            case FailurePolicy.Skip skip -> consumer.seekToBeginning(List.of(at));
            case FailurePolicy.ToDeadLetters letters -> consumer.seekToBeginning(List.of(at));
        }
    }

    private void rest(KafkaException failure) {
        if (Standstills.passes(failure)) {
            LOG.log(System.Logger.Level.DEBUG, "topic " + topic + " cannot be read, trying again", failure);
        } else {
            standstills.beginAll(failure);
        }
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
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(assigned);
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
            if (begins.getOrDefault(at, 0L) > first) {
                deleted(at, first);
            }
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
