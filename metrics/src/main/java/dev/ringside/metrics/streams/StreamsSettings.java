package dev.ringside.metrics.streams;

import static dev.ringside.contract.InvalidInput.require;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the aggregator runs on Kafka.
 *
 * @param connection {@code bootstrap.servers}, and how a client proves who it is, by Kafka's own names
 * @param applicationId the consumer group, and the prefix of the changelogs
 * @param stateFolder where the stores lie; a lost one is restored from the changelogs
 * @param threads how many threads share the partitions
 * @param replicationFactor copies of each changelog; 1 where there is one broker
 * @param commitInterval the longest time between commits; marks that move the horizon commit at once
 * @param sessionTimeout how long Kafka waits for a process that was killed
 * @param cacheBytes memory in which writes of one commit are gathered
 */
public record StreamsSettings(
        Map<String, String> connection,
        String applicationId,
        Path stateFolder,
        int threads,
        int replicationFactor,
        Duration commitInterval,
        Duration sessionTimeout,
        long cacheBytes) {
    /** Checks what Kafka would complain of only later. */
    public StreamsSettings {
        connection = Map.copyOf(connection);
        require(
                !connection.getOrDefault("bootstrap.servers", "").isBlank(),
                "bootstrap.servers",
                "expected host:port, found nothing");
        require(threads >= 1, "threads", "expected 1 or more, found " + threads);
        require(replicationFactor >= 1, "replication_factor", "expected 1 or more, found " + replicationFactor);
        require(
                !commitInterval.isNegative() && commitInterval.compareTo(AttributionStreams.TRANSACTION_TIMEOUT) < 0,
                "commit_interval",
                "expected less than the transaction timeout " + AttributionStreams.TRANSACTION_TIMEOUT + ", found "
                        + commitInterval);
        require(cacheBytes >= 0, "cache_bytes", "expected 0 or more, found " + cacheBytes);
    }
}
