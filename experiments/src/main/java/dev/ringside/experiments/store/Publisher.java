package dev.ringside.experiments.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where records of the outbox go: Kafka, in the application. */
public interface Publisher {
    /**
     * A record to be published.
     *
     * @param topic where to
     * @param partition which of its partitions; null for the one that its key belongs to
     * @param key null for none
     * @param value JSON
     */
    record Message(
            String topic,
            @Nullable Integer partition,
            @Nullable String key,
            String value) {}

    /**
     * Publishes one record and returns when it is safe: acknowledged by all in-sync replicas.
     *
     * @throws IOException if it is not; the same record will come again
     */
    void publish(Message message) throws IOException, InterruptedException;
}
