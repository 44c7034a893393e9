package dev.ringside.app.kafka;

import dev.ringside.contract.routing.FleetReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A topic, or a partition of it, of which nothing more is read.
 *
 * @param topic which
 * @param partition which; null for all of them
 * @param offset of the record that cannot be taken; null where it is none's fault
 * @param reason why, in words
 * @param since since when
 */
public record Standing(
        String topic, @Nullable Integer partition, @Nullable Long offset, String reason, Instant since) {
    /** As its process reports it to the fleet. */
    public FleetReport.Standstill reported() {
        return new FleetReport.Standstill(topic, partition, offset, reason, since);
    }

    /** What stands and why, in one line. */
    public String words() {
        return "topic " + topic
                + (partition == null ? "" : " partition " + partition)
                + " stands still"
                + (offset == null ? "" : " at offset " + offset)
                + " since " + since + ": " + reason;
    }
}
