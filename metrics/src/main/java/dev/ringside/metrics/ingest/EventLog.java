package dev.ringside.metrics.ingest;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The topic {@code unit-events}, as ingest writes it. Any thread may call it. */
@FunctionalInterface
public interface EventLog {
    /**
     * Appends a record to a partition. The stage completes when the log has it for good (all in-sync replicas), and
     * fails if that is not known after the delivery timeout. A record whose append has failed does not appear in the
     * partition behind one that is appended afterwards: marks would have promised what is not so. An idempotent Kafka
     * producer gives this by its sequence numbers and epochs.
     *
     * @param partition from 0
     * @param key the record's key; null for marks
     * @param value the record's value
     */
    CompletionStage<Void> append(int partition, byte @Nullable [] key, byte[] value);
}
