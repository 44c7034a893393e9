package dev.ringside.router.exposure;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The topic {@code unit-events}, as a router writes it. Only the shipper's thread calls it. */
public interface PredictionLog {
    /**
     * Appends a record to a partition. The stage completes when the log has it for good (all in-sync replicas), and
     * fails if that is not known.
     *
     * <p>Records of one partition take effect in the order of the calls, and a failure stops the partition: once one
     * append has failed, no later one that was called before the failure showed may succeed. Otherwise a record that is
     * sent again would stand behind a later sequence and be dropped as a repeat. A Kafka producer gives this while it
     * never gives up: {@code enable.idempotence=true}, {@code acks=all}, {@code delivery.timeout.ms=2147483647}.
     *
     * @param partition from 0
     * @param key the record's key; null for marks
     * @param value the record's value
     */
    CompletionStage<Void> append(int partition, byte @Nullable [] key, byte[] value);
}
