package dev.ringside.app.kafka;

import dev.ringside.metrics.DeadLetter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What whoever follows a topic does with a record that cannot be taken. */
public sealed interface FailurePolicy {
    /** For topics where one record less is a wrong result: {@code kpi-moments}, and {@code unit-events} of the archive. */
    FailurePolicy STOP = new Stop();

    /** For topics where a later record says all that an earlier one did: {@code routing} and {@code fleet}. */
    FailurePolicy SKIP = new Skip();

    /**
     * The partition stands still before the record, which is tried again every second, and readiness, metrics and {@code
     * /api/standstills} say why. The other partitions go on. Records that were deleted before they were read are a
     * standstill too.
     */
    record Stop() implements FailurePolicy {}

    /** The record is passed over, which is counted and logged; the next one of its key takes its place. */
    record Skip() implements FailurePolicy {}

    /**
     * The record goes to the topic {@code dead-letter} with the reason, and reading goes on. While that topic does not
     * take it the partition stands still.
     *
     * @param letters writes a letter; completes when Kafka has it
     */
    record ToDeadLetters(Function<DeadLetter, CompletableFuture<Void>> letters) implements FailurePolicy {
        void write(ConsumerRecord<byte[], byte[]> record, String reason) {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            letters.apply(DeadLetter.of(reason, record.topic(), record.partition(), record.offset(), value))
                    .join();
        }
    }
}
