package dev.ringside.experiments.store;

import java.io.IOException;

/** Where records of the outbox go: Kafka, in the application. */
public interface Publisher {
    /**
     * Publishes one record and returns when it is safe: acknowledged by all in-sync replicas.
     *
     * @throws IOException if it is not; the same record will come again
     */
    void publish(String topic, String key, String value) throws IOException, InterruptedException;
}
