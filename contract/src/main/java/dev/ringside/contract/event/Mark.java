package dev.ringside.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A writer's promise in one partition: all of my events with a time before {@code through} (outcomes: received before
 * it) stand before this record.
 *
 * @param writer the writer's id, kept on its disk
 * @param role what it writes
 * @param boot which start of that writer, counting up
 * @param through the time of its oldest event that is not yet acknowledged, else its clock; null while its clock has not
 *     been set, which promises nothing
 * @param stepped its clock is set from outside in steps, as in replays of old data, so distances between marks mean
 *     nothing
 * @param closed the writer has stopped in order, or was retired: do not wait for it
 */
public record Mark(
        String writer, Role role, long boot, @Nullable Instant through, boolean stepped, boolean closed)
        implements UnitEvent {
    /** What a writer writes. */
    public enum Role {
        /** Predictions. */
        @JsonProperty("router")
        ROUTER,
        /** Outcomes. */
        @JsonProperty("ingest")
        INGEST
    }
}
