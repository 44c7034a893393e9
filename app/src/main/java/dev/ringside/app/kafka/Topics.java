package dev.ringside.app.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of an installation, and making those that are missing. */
public final class Topics {
    /** Predictions, outcomes and marks; a unit's events share a partition. */
    public static final String UNIT_EVENTS = "unit-events";
    /** Outcomes as clients write them, with any key. */
    public static final String OUTCOMES = "outcomes";
    /** Cells, arms and snapshots, by the partitions of unit-events. */
    public static final String KPI_MOMENTS = "kpi-moments";
    /** The routing table, definitions, the replay clock; compacted. */
    public static final String ROUTING = "routing";
    /** What processes report of themselves; compacted. */
    public static final String FLEET = "fleet";
    /** Outcomes in the window that came too late. */
    public static final String OUTCOMES_LATE = "outcomes-late";
    /** Broken and unmatched records, with the reason. */
    public static final String DEAD_LETTER = "dead-letter";

    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    private Topics() {}

    /**
     * Makes what is missing.
     *
     * @param partitions of unit-events, fixed at install
     * @throws IllegalStateException if unit-events has another number of partitions than the installation
     */
    public static void ensure(KafkaConnection kafka, int partitions, short replication, long retentionMillis)
            throws InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            Set<String> present = admin.listTopics().names().get(60, TimeUnit.SECONDS);
            var missing = new ArrayList<NewTopic>();
            Map<String, String> kept = Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retentionMillis));
            // A look cites the first snapshot past its time, so a record is kept for a week before its key is
            // compacted.
            Map<String, String> compactedLater = Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(TimeUnit.DAYS.toMillis(7)));
            missing.add(new NewTopic(UNIT_EVENTS, partitions, replication).configs(kept));
            missing.add(new NewTopic(OUTCOMES, partitions, replication).configs(kept));
            missing.add(new NewTopic(KPI_MOMENTS, partitions, replication).configs(compactedLater));
            missing.add(new NewTopic(ROUTING, 1, replication).configs(COMPACTED));
            missing.add(new NewTopic(FLEET, 1, replication).configs(COMPACTED));
            missing.add(new NewTopic(OUTCOMES_LATE, 1, replication).configs(kept));
            missing.add(new NewTopic(DEAD_LETTER, 1, replication).configs(kept));
            missing.removeIf(topic -> present.contains(topic.name()));
            create(admin, missing);
            int found = partitions(admin, UNIT_EVENTS);
            if (found != partitions) {
                throw new IllegalStateException("topic " + UNIT_EVENTS + " has " + found
                        + " partitions, this installation was made for " + partitions
                        + ": the number is fixed at install; restore it, or install anew");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("kafka at " + kafka + ": " + e.getCause(), e);
        }
    }

    /** A topic that was just made may not be known to every part of the brokers yet, so it is asked for again. */
    private static int partitions(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return admin.describeTopics(List.of(topic)).allTopicNames().get(60, TimeUnit.SECONDS).values().stream()
                        .mapToInt(described -> described.partitions().size())
                        .sum();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static void create(Admin admin, List<NewTopic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var created : admin.createTopics(topics).values().values()) {
            try {
                created.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
