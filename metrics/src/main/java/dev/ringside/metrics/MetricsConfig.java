package dev.ringside.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be configured about joining, counting and archiving. */
@ConfigMapping(prefix = "ringside.metrics")
public interface MetricsConfig {
    /** How many threads of this process share the partitions. */
    @WithDefault("1")
    int threads();

    /** The longest time between commits; a mark that moves the horizon commits at once. */
    @WithDefault("5s")
    Duration commitInterval();

    /** How long Kafka waits for a process that was killed before others take its partitions. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Memory in which writes of one commit are gathered, in bytes. */
    @WithDefault("16777216")
    long cacheBytes();

    /** How long an event waits for the definition of its epoch, which is published before it can happen. */
    @WithDefault("30s")
    Duration definitionPatience();

    /**
     * How many outcomes of one unit are kept until they are final; more are refused, as such a unit is none. A replay
     * uses it too: once looks were made it stays as it is.
     */
    @WithDefault("2000")
    int unitOutcomes();

    /** A file of the archive is published when so many records of a partition wait. */
    @WithDefault("50000")
    int archiveRecords();

    /** Or when the records that wait, of all partitions, have so many bytes; no more are held in memory. */
    @WithDefault("33554432")
    long archiveBytes();

    /** Or when the oldest of them has waited so long; marks come each second, so this decides how many files there are. */
    @WithDefault("5m")
    Duration archiveAfter();
}
