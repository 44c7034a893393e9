package dev.ringside.app.kafka;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.DeadLetter;
import dev.ringside.metrics.ingest.OutcomeIntake;
import dev.ringside.metrics.ingest.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Takes what clients write to the topic {@code outcomes}, under any key, as if it had been posted. Several ingests share
 * the topic as one consumer group; a position is committed only when the log has the outcomes before it, so a crash
 * repeats some, and their event ids make that harmless. What breaks a rule goes to {@code dead-letter} with the reason.
 */
public final class OutcomesTopic implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OutcomesTopic.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);

    private final OutcomeIntake intake;
    private final TopicWriter writer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = Thread.ofPlatform().name("outcomes-topic").unstarted(this::run);
    private volatile boolean closed;

    /**
     * Opens the topic; nothing is read before {@link #start}.
     *
     * @param writer for the dead letters
     */
    public OutcomesTopic(String bootstrapServers, OutcomeIntake intake, TopicWriter writer) {
        this.intake = intake;
        this.writer = writer;
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "ringside-ingest",
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        6000,
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        2000,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        500,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Starts reading. */
    public OutcomesTopic start() {
        thread.start();
        return this;
    }

    private void run() {
        try (consumer) {
            while (!closed && !intake.isReady()) {
                Thread.sleep(Duration.ofMillis(100));
            }
            consumer.subscribe(List.of(Topics.OUTCOMES));
            while (!closed) {
                var records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    take(record);
                }
                if (!records.isEmpty()) {
                    consumer.commitSync();
                }
            }
        } catch (WakeupException e) {
            LOG.log(System.Logger.Level.DEBUG, "closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the reader of topic " + Topics.OUTCOMES + " ended", e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (!closed) {
            try {
                byte[] value = record.value() == null ? new byte[0] : record.value();
                try {
                    intake.accept(value);
                } catch (InvalidInput e) {
                    DeadLetter letter =
                            DeadLetter.of(e.getMessage(), Topics.OUTCOMES, record.partition(), record.offset(), value);
                    writer.write(Topics.DEAD_LETTER, null, Json.bytes(letter)).join();
                }
                return;
            } catch (Unavailable | CompletionException e) {
                LOG.log(System.Logger.Level.WARNING, "an outcome waits: {0}", e.getMessage());
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
        throw new WakeupException();
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
