package dev.ringside.contract.event;

import dev.ringside.contract.id.PredictionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a unit, as ingest accepted it.
 *
 * @param eventId the sender's name for it; copies with the same id and revision count once
 * @param revision 0 at first; of an event's revisions the highest that was received in time counts
 * @param retraction the event is taken back by this revision
 * @param unitHash the keyed hash of the unit that it happened to
 * @param unit the unit as the sender named it, if it did
 * @param predictionId the prediction that it answers, if the sender named that
 * @param name what happened
 * @param valueMicros how much, in micro-units
 * @param time when it happened, by the sender's clock
 * @param receivedAt when ingest received it
 * @param ingest the id of the ingest that wrote it
 */
public record Outcome(
        String eventId,
        int revision,
        boolean retraction,
        long unitHash,
        @Nullable String unit,
        @Nullable PredictionId predictionId,
        String name,
        long valueMicros,
        Instant time,
        Instant receivedAt,
        String ingest)
        implements UnitEvent {}
