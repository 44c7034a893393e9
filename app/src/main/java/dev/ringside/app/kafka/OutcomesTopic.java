package dev.ringside.app.kafka;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.DeadLetter;
import dev.ringside.metrics.ingest.OutcomeIntake;
import dev.ringside.metrics.ingest.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what clients write to the topic {@code outcomes}, under any key, as if it had been posted. Several ingests share
 * the topic as one consumer group; a position is committed only when the log has the outcomes before it, so a crash
 * repeats some, and their event ids make that harmless. What breaks a rule goes to {@code dead-letter} with the reason.
 */
public final class OutcomesTopic implements AutoCloseable {
    /** The consumer group of all ingests. */
    public static final String GROUP = "ringside-ingest";

    private static final System.Logger LOG = System.getLogger(OutcomesTopic.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How soon partitions are found that the topic is given later. */
    private static final Duration NEW_PARTITIONS = Duration.ofSeconds(10);

    private static final int FETCH_BYTES = 8 << 20;

    private final Consumer<byte[], byte[]> consumer;
    private final OutcomeIntake intake;
    private final FailurePolicy.ToDeadLetters policy;
    private final Thread thread = Thread.ofPlatform().name("outcomes-topic").unstarted(this::run);
    private final Standstills standstills = new Standstills(Topics.OUTCOMES, Clock.systemUTC());
    private volatile boolean closed;

    /**
     * Opens the topic; nothing is read before {@link #start}.
     *
     * @param writer for the dead letters
     */
    public OutcomesTopic(KafkaConnection kafka, OutcomeIntake intake, TopicWriter writer) {
        this(
                new KafkaConsumer<>(
                        kafka.with(Map.<String, Object>ofEntries(
                                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, GROUP),
                                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000),
                                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2000),
                                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500),
                                Map.entry(
                                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT)),
                                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) NEW_PARTITIONS.toMillis()),
                                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                intake,
                letter -> writer.write(Topics.DEAD_LETTER, null, Json.bytes(letter)));
    }

    OutcomesTopic(
            Consumer<byte[], byte[]> consumer,
            OutcomeIntake intake,
            Function<DeadLetter, CompletableFuture<Void>> deadLetters) {
        this.consumer = consumer;
        this.intake = intake;
        this.policy = new FailurePolicy.ToDeadLetters(deadLetters);
    }

    /** Starts reading. */
    public OutcomesTopic start() {
        thread.start();
        return this;
    }

    /** What of the topic is not read any more, and why. */
    public List<Standing> standing() {
        return standstills.list();
    }

    /** How many records went to the dead letters. */
    public long passedOver() {
        return standstills.passes();
    }

    private void run() {
        try (consumer) {
            while (!closed && !intake.isReady()) {
                Thread.sleep(Duration.ofMillis(100));
            }
            consumer.subscribe(List.of(Topics.OUTCOMES));
            while (!closed) {
                step();
            }
        } catch (WakeupException e) {
            LOG.log(System.Logger.Level.DEBUG, "closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the reader of topic " + Topics.OUTCOMES + " ended", e);
            standstills.beginAll(e);
        }
    }

    private void step() throws InterruptedException {
        try {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                take(records);
                records.partitions().forEach(at -> standstills.end(at.partition()));
                consumer.commitSync();
            }
            standstills.endAll();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // The ingests are sharing the partitions anew: what is not committed comes again, here or at another one.
            LOG.log(System.Logger.Level.DEBUG, "a position was not committed", e);
        } catch (KafkaException e) {
            // Kafka is away. What is not committed comes again.
            if (!Standstills.passes(e)) {
                standstills.beginAll(e);
            }
            Thread.sleep(PAUSE);
        }
    }

    /**
     * Takes what was read, and is here until the log has it: so while the log is away nothing more is read.
     *
     * <p>All at once: one after the other, each would wait for the log alone. Their order means nothing.
     */
    private void take(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        try (var takers = Executors.newVirtualThreadPerTaskExecutor()) {
            var taken = new ArrayList<Future<?>>(records.count());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                taken.add(takers.submit(() -> {
                    take(record);
                    return null;
                }));
            }
            for (Future<?> each : taken) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("an outcome could not be taken", e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        while (!closed) {
            try {
                String refusal = refusal(value);
                if (refusal != null) {
                    policy.write(record, refusal);
                    standstills.passedOver();
                }
                return;
            } catch (Unavailable | CompletionException e) {
                if (!Standstills.passes(e)) {
                    standstills.begin(record.partition(), record.offset(), e);
                }
                Thread.sleep(PAUSE);
            }
        }
        throw new WakeupException();
    }

    /** Why an outcome is not taken; null if it is. */
    private @Nullable String refusal(byte[] value) {
        try {
            intake.accept(value);
            return null;
        } catch (InvalidInput e) {
            return e.getMessage();
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
